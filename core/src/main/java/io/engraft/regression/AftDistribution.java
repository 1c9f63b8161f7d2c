package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.LocationScaleKernel;
import io.engraft.regression.internal.StandardLaw;
import java.util.Locale;

/** The distributions of an accelerated failure time model, by the error of its location-scale form. */
public enum AftDistribution {
    /** Log time with a smallest extreme value error of scale 1. */
    EXPONENTIAL("exponential", StandardLaw.EXTREME, true, 1),
    /** Log time with a smallest extreme value error; shape = 1 / scale. */
    WEIBULL("weibull", StandardLaw.EXTREME, true, 0),
    /** Log time with a smallest extreme value error of scale 1/2. */
    RAYLEIGH("rayleigh", StandardLaw.EXTREME, true, 0.5),
    /** Log time with a normal error. */
    LOG_NORMAL("lognormal", StandardLaw.NORMAL, true, 0),
    /** Log time with a logistic error. */
    LOG_LOGISTIC("loglogistic", StandardLaw.LOGISTIC, true, 0),
    /** Time itself with a normal error. */
    GAUSSIAN("gaussian", StandardLaw.NORMAL, false, 0),
    /** Time itself with a logistic error. */
    LOGISTIC("logistic", StandardLaw.LOGISTIC, false, 0);

    private final String label;
    private final StandardLaw standard;
    private final boolean logTime;
    private final double fixedScale;

    AftDistribution(String label, StandardLaw standard, boolean logTime, double fixedScale) {
        this.label = label;
        this.standard = standard;
        this.logTime = logTime;
        this.fixedScale = fixedScale;
    }

    /**
     * The name on the command line.
     *
     * @return for example "weibull"
     */
    public String label() {
        return label;
    }

    /**
     * The distribution of a name.
     *
     * @param name for example "weibull", in any case
     * @return the distribution
     * @throws InvalidArgumentException for an unknown name
     */
    public static AftDistribution parse(String name) {
        for (AftDistribution d : values()) {
            if (d.label.equals(name.toLowerCase(Locale.ROOT))) {
                return d;
            }
        }
        throw InvalidArgumentException.of(
                "distribution", name, "exponential, weibull, rayleigh, lognormal, loglogistic, gaussian or logistic");
    }

    StandardLaw standard() {
        return standard;
    }

    /** Whether the model is of log time. */
    boolean logTime() {
        return logTime;
    }

    /** Whether the scale is estimated. */
    boolean hasScale() {
        return fixedScale == 0;
    }

    double fixedScale() {
        return fixedScale;
    }

    Kernel kernel() {
        return hasScale()
                ? LocationScaleKernel.plain(standard, logTime, "location", "scale")
                : LocationScaleKernel.fixedScale(standard, logTime, fixedScale);
    }
}
