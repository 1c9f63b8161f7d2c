package io.engraft.multistate;

import io.engraft.internal.PatientStream;
import io.engraft.law.Gamma;

/**
 * Draws of fate probabilities: Dirichlet with parameters alpha, from one uniform a fate by inversion of the gamma law, so
 * that draws with one seed are coupled between scenarios.
 */
final class DirichletDraws {

    private DirichletDraws() {}

    /** One draw; a fate with alpha 0 gets 0. Every fate takes one uniform from the stream. */
    static double[] draw(double[] alpha, PatientStream stream) {
        double[] draw = new double[alpha.length];
        double sum = 0;
        for (int k = 0; k < alpha.length; k++) {
            double uniform = stream.next();
            draw[k] = alpha[k] > 0 ? Gamma.of(alpha[k], 1).timeAt(uniform) : 0;
            sum += draw[k];
        }
        for (int k = 0; k < alpha.length; k++) {
            draw[k] /= sum;
        }
        return draw;
    }
}
