package io.engraft.regression.internal;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** Nodes and weights of Gauss and Legendre's rule on (-1, 1). */
public final class Quadrature {

    private static final int POINTS = 16;
    private static final double[] NODES = new double[POINTS];
    private static final double[] WEIGHTS = new double[POINTS];

    static {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(POINTS);
        for (int j = 0; j < POINTS; j++) {
            NODES[j] = rule.getPoint(j);
            WEIGHTS[j] = rule.getWeight(j);
        }
    }

    private Quadrature() {}

    public static double[] nodes() {
        return NODES;
    }

    public static double[] weights() {
        return WEIGHTS;
    }
}
