package io.engraft.regression;

import io.engraft.NotEstimableException;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Require;
import io.engraft.internal.StrictNormal;
import io.engraft.regression.internal.Symmetric;

/** Draws of coefficients from their normal approximation. */
final class Draws {

    private static final int FEWEST = 100;

    private Draws() {}

    static double[][] of(Fitted fitted, int draws, long seed) {
        Require.draws("draws", draws, FEWEST);
        double[][] v = fitted.covariance();
        int n = v.length;
        int[] kept = new int[n];
        int count = 0;
        for (int j = 0; j < n; j++) {
            if (!fitted.leftOut[j]) {
                kept[count++] = j;
            }
        }
        double[][] small = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                small[i][j] = v[kept[i]][kept[j]];
            }
        }
        Symmetric factor = Symmetric.factor(small);
        if (factor == null) {
            throw new NotEstimableException("draws of the coefficients, as the fit ended " + fitted.status
                    + (fitted.reason.isEmpty() ? " and their covariance is singular" : ": " + fitted.reason));
        }
        double[][] out = new double[draws][];
        for (int d = 0; d < draws; d++) {
            PatientStream stream = PatientStream.of(seed, PatientStream.PARAMETERS, d);
            double[] z = new double[count];
            for (int j = 0; j < count; j++) {
                z[j] = StrictNormal.quantile(stream.next());
            }
            double[] step = factor.times(z);
            out[d] = fitted.estimate.clone();
            for (int j = 0; j < count; j++) {
                out[d][kept[j]] += step[j];
            }
        }
        return out;
    }
}
