package io.engraft.cli.pathways;

import io.engraft.InvalidArgumentException;
import io.engraft.calibrate.CalibrationResult;
import io.engraft.calibrate.OpenLaw;
import io.engraft.calibrate.OpenModel;
import io.engraft.calibrate.RateCalibration;
import io.engraft.calibrate.TargetSampling;
import io.engraft.calibrate.rates.CompetingRatesCalibration;
import io.engraft.cli.options.Usage;
import io.engraft.data.DurationUnit;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Fate;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.ModelFile;
import io.engraft.report.pathways.TargetsDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Targets of any kind, and what of which model they are to find. */
final class TargetOptions {

    /** What goes with targets, beside the options of this class. */
    private static final Set<String> COMPANIONS = Set.of(
            "--target",
            "--open",
            "--model",
            "--family",
            "--unit",
            "--level",
            "--at",
            "--assume",
            "--draws",
            "--format",
            "--out");

    private static final int LEAST_DRAWS = 100;
    /** Of the model of two rates, whose curves are closed forms. */
    private static final int QUICK_DRAWS = 1000;
    /** Of a model that is solved anew many times a draw. */
    private static final int SOLVED_DRAWS = 200;

    private static final double[] USUAL_MONTHS = {6, 12, 24, 60};

    @Option(
            names = "--target",
            paramLabel = "QUANTITY=NUMBER",
            order = 30,
            converter = TargetText.TargetConverter.class,
            description =
                    "A published figure of any kind, in the place of the options above, as in 'relapse by 24 = 0.35 n"
                            + " 40'; may be given again. QUANTITY: " + TargetText.FORMS
                            + ". NUMBER: a value, with n N, se SE or interval L:U (95 %%) behind it; or L to U for a range.")
    private List<TargetText> targets = List.of();

    @Option(
            names = "--open",
            paramLabel = "NAME,NAME,...",
            order = 31,
            split = ",",
            description =
                    "What the targets are to find: assumptions by id; in a model without any, a state for the shares of"
                            + " its fates, or STATE/EVENT for a law of time. The rest stays as it is.")
    private List<String> open = List.of();

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            order = 32,
            description =
                    "The model of the targets: a name of simulate --list-models, or a JSON file. Default: remission,"
                            + " relapse and death without relapse (nrm) with the numbers of the JMML assumptions.")
    private @Nullable String model;

    @Option(
            names = "--draws",
            paramLabel = "N",
            order = 33,
            description =
                    "Draws of the targets, each calibrated again, for the limits that their precision leaves; default"
                            + " 1000, with --model 200, as each may take a second; 100 or more, 0 for none.")
    private @Nullable Integer draws;

    boolean isGiven() {
        return !targets.isEmpty();
    }

    /** The model's file, null where it is none. */
    @Nullable
    String file() {
        return model == null || ModelChoice.ships(model) ? null : model;
    }

    /** Refuses what means nothing here, or without a target. */
    void check(CommandSpec spec) {
        if (!isGiven()) {
            Usage.requireUse(spec, !open.isEmpty(), "--open", false, "without --target");
            Usage.requireUse(spec, model != null, "--model", false, "without --target");
            Usage.requireUse(spec, draws != null, "--draws", false, "without --target");
            return;
        }
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            String name = given.longestName();
            Usage.requireUse(spec, true, name, COMPANIONS.contains(name), "with --target");
        }
        if (open.isEmpty()) {
            throw Usage.wrong(spec, "--open is missing: it names what --target is to find");
        }
        if (draws != null && draws != 0 && draws < LEAST_DRAWS) {
            throw Usage.wrong(spec, "--draws is " + draws + "; allowed: 0 for none, or " + LEAST_DRAWS + " and more");
        }
        boolean level = spec.commandLine().getParseResult().hasMatchedOption("--level");
        boolean drawn = draws == null || draws != 0;
        Usage.requireUse(spec, level, "--level", drawn, "with --draws 0: there are no intervals");
        boolean unit = spec.commandLine().getParseResult().hasMatchedOption("--unit");
        Usage.requireUse(spec, unit, "--unit", model == null, "with --model, which has its own unit");
    }

    TargetsDocument document(
            AssumeOption assume, DurationUnit unit, @Nullable String family, double level, double @Nullable [] at) {
        ModelFile start = model == null ? rates(assume, unit) : assume.in(ModelChoice.read(model));
        List<String> names = openable(start);
        for (String name : open) {
            if (!names.contains(name)) {
                throw InvalidArgumentException.of("--open", name, "one of " + names);
            }
        }
        RateCalibration calibration = RateCalibration.of(opened(start, family));
        for (TargetText target : targets) {
            calibration = calibration.withTarget(target.in(start.model()));
        }
        CalibrationResult result = calibration.calibrate();
        int count = draws != null ? draws : model == null ? QUICK_DRAWS : SOLVED_DRAWS;
        TargetSampling sampling = count == 0
                ? null
                : TargetSampling.withDefaults().withDraws(count, 1).withLevel(level);
        DurationUnit own = start.model().unit();
        double[] reported = at != null
                ? at
                : Arrays.stream(USUAL_MONTHS)
                        .map(t -> DurationUnit.MONTHS.to(own, t))
                        .toArray();
        return TargetsDocument.of(
                start, open, names.stream().filter(n -> !open.contains(n)).toList(), result, sampling, level, reported);
    }

    /** The two rates by default, as a model of states. */
    private static ModelFile rates(AssumeOption assume, DurationUnit unit) {
        CompetingRatesCalibration calibration =
                CompetingRatesCalibration.withDefaults().withUnit(unit);
        for (var assumption : assume.values().entrySet()) {
            calibration = calibration.withAssumption(assumption.getKey(), assumption.getValue());
        }
        return ModelFile.of(
                "rates",
                MultiStateModel.of(calibration
                        .calibrate()
                        .model(LawFamily.WEIBULL)
                        .mixture()
                        .asModel(unit, Set.of("nrm"))));
    }

    private OpenModel opened(ModelFile start, @Nullable String family) {
        if (start.pathway().isPresent()) {
            if (family != null) {
                throw new InvalidArgumentException(
                        "--family means nothing to a model of named assumptions, whose laws stay; allowed: without it");
            }
            return OpenModel.of(start.pathway().get(), open.toArray(String[]::new));
        }
        if (family != null && open.stream().noneMatch(name -> name.indexOf('/') >= 0)) {
            throw new InvalidArgumentException("--family means nothing where no law of time is open; allowed: --open"
                    + " STATE/EVENT beside it, or without --family");
        }
        MultiStateModel states = start.model();
        OpenModel opened = OpenModel.of(states);
        for (String name : open) {
            int slash = name.indexOf('/');
            if (slash < 0) {
                opened = opened.withOpenFates(name);
            } else {
                String state = name.substring(0, slash);
                String event = name.substring(slash + 1);
                opened = opened.withOpenLaw(state, event, law(states, state, event, family));
            }
        }
        return opened;
    }

    /** All that can be opened: assumptions; else shares of the fates of states, and laws of time. */
    private static List<String> openable(ModelFile start) {
        if (start.pathway().isPresent()) {
            return start.pathway().get().assumptions().stream()
                    .map(Assumption::id)
                    .toList();
        }
        MultiStateModel model = start.model();
        List<String> names = new ArrayList<>();
        for (String state : model.stateNames()) {
            if (model.state(state).fates().size() > 1) {
                names.add(state);
            }
            model.state(state).fates().stream()
                    .filter(f -> f.law() != null)
                    .forEach(f -> names.add(state + "/" + f.event()));
            model.transitionsFrom(state).forEach(t -> names.add(state + "/" + t.event()));
        }
        return names;
    }

    private static OpenLaw law(MultiStateModel model, String state, String event, @Nullable String family) {
        if (family != null) {
            return family.equals(CalibrateCommand.ALL) ? OpenLaw.ofAnyFamily() : OpenLaw.of(LawFamily.parse(family));
        }
        LawOfTime own = model.state(state).fates().stream()
                .filter(f -> f.event().equals(event))
                .map(Fate::law)
                .findFirst()
                .orElseGet(() -> model.transitionsFrom(state).stream()
                        .filter(t -> t.event().equals(event))
                        .map(HazardTransition::law)
                        .findFirst()
                        .orElse(null));
        if (own == null) {
            throw InvalidArgumentException.of("--open", state + "/" + event, "a law of time");
        }
        return OpenLaw.of(LawFamily.parse(own.name()));
    }
}
