/** Writes the instrumented program if the build is newer. @returns the number of points */
export function instrument(): Promise<number>;
