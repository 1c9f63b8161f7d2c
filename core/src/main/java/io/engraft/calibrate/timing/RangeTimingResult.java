package io.engraft.calibrate.timing;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.law.LawFamily;
import java.util.ArrayList;
import java.util.List;

/** Laws that agree with the same median and range, one a method and family, and what should be known before use. */
public final class RangeTimingResult implements Tabular {

    private final List<RangeFit> fits;
    private final List<String> leftOut;
    private final List<String> warnings;
    private final DurationUnit unit;

    RangeTimingResult(List<RangeFit> fits, List<String> leftOut, List<String> warnings, DurationUnit unit) {
        this.fits = List.copyOf(fits);
        this.leftOut = List.copyOf(leftOut);
        this.warnings = List.copyOf(warnings);
        this.unit = unit;
    }

    /**
     * All fits.
     *
     * @return by method, then by family
     */
    public List<RangeFit> fits() {
        return fits;
    }

    /**
     * One fit.
     *
     * @param method how
     * @param family which
     * @return the fit
     * @throws InvalidArgumentException when that one was left out; the message says why
     */
    public RangeFit rangeFit(RangeMethod method, LawFamily family) {
        return fits.stream()
                .filter(f -> f.method() == method && f.family() == family)
                .findFirst()
                .orElseThrow(() -> new InvalidArgumentException("there is no fit of " + method.label() + " and "
                        + family.label() + ": " + reason(method.label() + ", " + family.label() + ": ")));
    }

    private String reason(String start) {
        return leftOut.stream()
                .filter(s -> s.startsWith(start))
                .map(s -> s.substring(start.length()))
                .findFirst()
                .orElse("it was not tried");
    }

    /**
     * What was left out.
     *
     * @return sentences of the form "method, family: why"
     */
    public List<String> leftOut() {
        return leftOut;
    }

    /**
     * What should be known before a law is used.
     *
     * @return sentences
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The unit of the laws and of {@link RangeFit#timeTo95()}.
     *
     * @return the unit
     */
    public DurationUnit unit() {
        return unit;
    }

    /**
     * The fits as a table.
     *
     * @return columns method, family, parameters, share_by_12_months, time_to_95, log_likelihood (missing for median
     *     ranks)
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("method")
                .text("family")
                .text("parameters")
                .number("share_by_12_months")
                .number("time_to_95")
                .number("log_likelihood");
        for (RangeFit f : fits) {
            Double logLikelihood =
                    f.logLikelihood().isPresent() ? f.logLikelihood().getAsDouble() : null;
            table.row(
                    f.method().label(),
                    f.family().label(),
                    f.law().parameters().toString(),
                    f.shareByYear(),
                    f.timeTo95(),
                    logLikelihood);
        }
        return table.build();
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        fits.forEach(f -> lines.add(
                f.method().label() + ", " + f.law() + ": 95 % by " + Brief.number(f.timeTo95()) + " " + unit.label()));
        return String.join("\n", lines);
    }
}
