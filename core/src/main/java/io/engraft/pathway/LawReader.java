package io.engraft.pathway;

import io.engraft.internal.JsonValue;
import io.engraft.law.Gamma;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogLogistic;
import io.engraft.law.LogNormal;
import io.engraft.law.MixtureCure;
import io.engraft.law.TimingTarget;
import io.engraft.law.Weibull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A law of time in a pathway's file: by its parameters, or by what is known of the time. */
final class LawReader {

    /** Where the reader gets a key's number from, and notes that it did. */
    interface Numbers {
        double read(JsonValue value, String parameter, String kind);
    }

    private final Numbers numbers;

    LawReader(Numbers numbers) {
        this.numbers = numbers;
    }

    /** The law of a transition, whose time may be of a share of patients only. */
    LawOfTime hazard(JsonValue item) {
        if (item.find("reaches").isEmpty()) {
            return law(item);
        }
        LawOfTime time = law(item);
        double share = number(item, "reaches", "probability");
        if (!(share > 0 && share <= 1)) {
            throw item.get("reaches").bad("reaches is " + share + "; allowed: 0 < reaches <= 1");
        }
        return MixtureCure.of(1 - share, time);
    }

    LawOfTime fate(JsonValue item) {
        item.find("reaches").ifPresent(key -> {
            throw key.bad("unknown key; allowed in the law of a transition only: a fate has its probability");
        });
        return law(item);
    }

    private LawOfTime law(JsonValue item) {
        JsonValue familyName = item.get("family");
        LawFamily family = PathwayDocument.at(
                familyName, () -> LawFamily.parse(familyName.text()).requireCalibrated());
        return PathwayDocument.at(item, () -> {
            if (item.find("median").isPresent()) {
                return byMedian(item, family);
            }
            boolean point = family == LawFamily.EXPONENTIAL && item.find("by").isPresent();
            return point ? byPoint(item) : byParameters(item, family);
        });
    }

    private double number(JsonValue item, String key, String kind) {
        return numbers.read(item.get(key), key, kind);
    }

    private LawOfTime byParameters(JsonValue item, LawFamily family) {
        List<String> names = family.parameterNames();
        List<String> keys = new ArrayList<>(names);
        keys.add("family");
        keys.add("reaches");
        item.allowOnly(keys.toArray(new String[0]));
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (String name : names) {
            parameters.put(name, number(item, name, name.equals("scale") ? "time" : "number"));
        }
        return family.of(parameters);
    }

    private LawOfTime byPoint(JsonValue item) {
        item.allowOnly("family", "by", "share", "reaches");
        double by = number(item, "by", "time");
        return LawFamily.exponentialThrough(new TimingTarget(by, number(item, "share", "probability")));
    }

    private LawOfTime byMedian(JsonValue item, LawFamily family) {
        double median = number(item, "median", "time");
        TimingTarget half = TimingTarget.median(median);
        if (family == LawFamily.EXPONENTIAL) {
            item.allowOnly("family", "median", "reaches");
            return LawFamily.exponentialThrough(half);
        }
        if (item.find("by").isPresent() || item.find("share").isPresent()) {
            item.allowOnly("family", "median", "by", "share", "reaches");
            double by = number(item, "by", "time");
            double share = number(item, "share", "probability");
            return family.through(half, new TimingTarget(by, share));
        }
        String second = family == LawFamily.LOG_NORMAL ? "sdLog" : "shape";
        item.allowOnly("family", "median", second, "by", "share", "reaches");
        double x = number(item, second, "number");
        return switch (family) {
            case WEIBULL -> Weibull.of(x, median / Weibull.of(x, 1).timeAt(0.5));
            case LOG_NORMAL -> LogNormal.of(StrictMath.log(median), x);
            case LOG_LOGISTIC -> LogLogistic.of(x, median);
            default -> Gamma.of(x, median / Gamma.of(x, 1).timeAt(0.5));
        };
    }
}
