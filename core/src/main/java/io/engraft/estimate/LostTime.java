package io.engraft.estimate;

import io.engraft.curve.PointEstimate;
import io.engraft.estimate.internal.InfluenceRows;
import io.engraft.estimate.internal.RiskSets;
import java.util.Arrays;

/**
 * The area under a cumulative incidence, with S, F and the area L carried from point to point: between points L grows by
 * F dt, at a point S and F change as they do for the incidence itself, with multinomial noise.
 */
final class LostTime {

    private double varS;
    private double varF;
    private double varL;
    private double covSF;
    private double covSL;
    private double covFL;

    private LostTime() {}

    static PointEstimate of(
            RiskSets sets, int cause, double[] incidence, double[] eventFree, double tau, double level) {
        LostTime moments = new LostTime();
        double area = 0;
        double from = sets.start();
        int last = sets.pointAt(tau);
        for (int p = 0; p <= last + 1; p++) {
            double to = p > last ? tau : Math.min(tau, sets.time(p));
            double f = p == 0 ? 0 : incidence[p - 1];
            // In units of tau, as squares of huge or tiny areas leave the range of doubles.
            double width = (to - from) / tau;
            area += f * width;
            moments.grow(width);
            from = to;
            if (p <= last && sets.events(p) > 0) {
                moments.pass(
                        sets.table().eventWeight(sets.row(p), cause + 1),
                        sets.events(p),
                        sets.atRisk(p),
                        p == 0 ? 1 : eventFree[p - 1]);
            }
        }
        InfluenceRows rows = sets.rows();
        double variance = moments.varL;
        if (rows != null) {
            double[] ones = new double[eventFree.length + 1];
            Arrays.fill(ones, 1);
            variance = new InfluenceSweep(rows, InfluenceTarget.incidence(sets, cause + 1, eventFree))
                    .areaVariance(sets, tau, ones);
        }
        double error = tau * Math.sqrt(Math.max(0, variance));
        double lost = tau * area;
        return PointEstimate.of(lost, error, SurvivalArea.interval(lost, error, tau, level));
    }

    private void grow(double width) {
        varL += width * (2 * covFL + width * varF);
        covFL += width * varF;
        covSL += width * covSF;
    }

    private void pass(double dk, double d, double n, double s) {
        double hk = dk / n;
        double stay = (n - d) / n;
        double noise = s * s / n;
        covFL += hk * covSL;
        covSL *= stay;
        varF += 2 * hk * covSF + hk * hk * varS + noise * hk * (1 - hk);
        covSF = stay * (covSF + hk * varS - noise * hk);
        varS = stay * (stay * varS + noise * (d / n));
    }
}
