/** The build puts the bytes of a recording into the program, which is found that way from wherever it is installed. */
declare module '*.slabrec' {
  const bytes: Uint8Array;
  export default bytes;
}
