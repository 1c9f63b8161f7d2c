package io.engraft.multistate.solve;

/** What a solver gives: functions of the time since the start, by numbers of states and events. */
interface ModelCurves {

    /** P(in state at t). */
    double probability(int state, double t);

    /** The expected time in state up to t. */
    double timeIn(int state, double t);

    /** The expected number of entries into state by t, the start included. */
    double entries(int state, double t);

    /** The expected number of times that event has happened by t. */
    double events(int event, double t);

    /** The method's own estimate of its absolute error in a probability. */
    double error();
}
