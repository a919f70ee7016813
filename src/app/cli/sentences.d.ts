/** The build puts the list of all sentences of the sources into the program, compressed with gzip. */
declare module '*.sentences' {
  const bytes: Uint8Array;
  export default bytes;
}
