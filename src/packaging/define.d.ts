/** The version in package.json, put in by the build; tests that run the sources directly do not have it. */
declare const __VERSION__: string;
