package io.engraft.evidence;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import java.util.List;
import java.util.Map;

/** What a model of pooled studies gives; {@link PooledProportion} says what each means. */
interface PoolFit {

    PointEstimate proportion();

    double logit();

    double logitError();

    Interval prediction();

    PointEstimate tau2();

    PointEstimate mean();

    double q();

    double qPValue();

    double rawWeight(StudyProportion study);

    List<String> corrected();

    void describe(Map<String, String> conventions);

    List<String> warnings();
}
