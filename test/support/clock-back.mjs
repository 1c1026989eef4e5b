// For `node --import`: SIGUSR2 sets the clock of this process back by two hours, as an operator or a time server does.
const Real = Date;
let backMs = 0;
process.on('SIGUSR2', () => {
  backMs = 7_200_000;
});
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(Real.now() - backMs);
  }
  static now() {
    return Real.now() - backMs;
  }
};
