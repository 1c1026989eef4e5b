import fc from 'fast-check';

/** A mutant is killed by the first failure: no smaller counterexample is searched for. */
fc.configureGlobal({ endOnFailure: true });
