package io.engraft.regression.internal.risk;

/**
 * What the events of each time add beside sums of covariates. With s_l = S - l/d D, m the mean weight of the events and
 * sums over l = 0..d-1: {@code hazard} = sum m / s_l, met by those at risk; {@code spared} = sum m l/d / s_l, by which an
 * event of the time itself meets less; {@code c0, c1, c2} = sums of m (l/d)^i (S / s_l)^2. Breslow's ties are d = 1 with the
 * weight of all events.
 */
final class TiedEvents {

    final double[] hazard;
    final double[] spared;
    final double[] c0;
    final double[] c1;
    final double[] c2;

    TiedEvents(int places) {
        this.hazard = new double[places];
        this.spared = new double[places];
        this.c0 = new double[places];
        this.c1 = new double[places];
        this.c2 = new double[places];
    }

    /** Takes a place's sums, and gives its sum of m log s_l. */
    double sum(int k, double atRisk, double ofEvents, double events, double weight) {
        double m = weight / events;
        double logs = 0;
        for (double l = 0; l < events; l++) {
            double share = l / events;
            double s = atRisk - share * ofEvents;
            double inverse = 1 / s;
            logs += m * Math.log(s);
            hazard[k] += m * inverse;
            spared[k] += m * share * inverse;
            double relative = atRisk * inverse;
            c0[k] += m * relative * relative;
            c1[k] += m * share * relative * relative;
            c2[k] += m * share * share * relative * relative;
        }
        return logs;
    }
}
