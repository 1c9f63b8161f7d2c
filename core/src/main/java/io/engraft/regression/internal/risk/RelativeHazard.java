package io.engraft.regression.internal.risk;

/** A patient's hazard over the baseline's: exp of a linear predictor that is lowered by its stratum's shift. */
final class RelativeHazard {

    private final double predictor;
    private final double plain;

    RelativeHazard(double predictor) {
        this.predictor = predictor;
        this.plain = Math.exp(predictor);
    }

    /** What a hazard of a level ({@link Vectors}) is to be multiplied with. */
    double at(int level) {
        return level == 0 ? plain : Math.exp(Vectors.less(predictor, -level));
    }
}
