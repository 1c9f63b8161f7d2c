package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import io.engraft.law.TimingTarget;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.PathwayModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of an {@link OpenModel}: what may be opened, every combination of families, and the model of given values. */
final class OpenParts {

    private static final int MOST_COMBINATIONS = 64;

    private OpenParts() {}

    /** One law of a model. */
    record Edge(String state, String event, boolean fate) {
        String name() {
            return state + "/" + event;
        }
    }

    static String scale(WorkingBlock block) {
        return switch (block.kind()) {
            case LOG -> "log";
            case LOGIT -> "logit";
            case LINEAR -> "linear";
            case LOG_RATIOS -> "log-ratio";
        };
    }

    static Edge edge(MultiStateModel model, String state, String event) {
        boolean fate = model.state(state).fates().stream()
                .anyMatch(f -> f.leaves() && f.event().equals(event));
        long ways = model.transitionsFrom(state).stream()
                .filter(t -> t.event().equals(event))
                .count();
        if (!fate && ways != 1) {
            List<String> events = new ArrayList<>();
            model.state(state).fates().stream().filter(Fate::leaves).forEach(f -> events.add(f.event()));
            model.transitionsFrom(state).forEach(t -> events.add(t.event()));
            throw InvalidArgumentException.of(
                    "event of the open law out of '" + state + "'", event, "one of " + events + " that occurs once");
        }
        return new Edge(state, event, fate);
    }

    static List<String> openFates(MultiStateModel model, String state, List<String> events) {
        List<Fate> all = model.state(state).fates();
        List<String> names = all.stream().map(Fate::event).toList();
        List<String> open = events.isEmpty() ? names : events;
        for (String event : open) {
            if (!names.contains(event)) {
                throw InvalidArgumentException.of("open fate of state '" + state + "'", event, "one of " + names);
            }
        }
        if (open.stream().distinct().count() != open.size()) {
            throw InvalidArgumentException.of("open fates of state '" + state + "'", open, "each once");
        }
        if (open.size() < 2) {
            throw InvalidArgumentException.of(
                    "number of open fates of state '" + state + "'", open.size(), "at least 2, which keep their sum");
        }
        for (Fate fate : all) {
            if (open.contains(fate.event()) && !(fate.probability() > 0)) {
                throw InvalidArgumentException.of(
                        "probability of the open fate '" + fate.event() + "'",
                        fate.probability(),
                        "above 0 to start with");
            }
        }
        return List.copyOf(open);
    }

    static Combination ofAssumptions(PathwayModel model, List<String> ids) {
        if (ids.isEmpty()) {
            throw nothingOpen();
        }
        List<WorkingBlock> blocks = new ArrayList<>();
        List<Double> start = new ArrayList<>();
        for (String id : ids) {
            Assumption a = model.assumption(id);
            WorkingBlock.Kind kind = a.unit().equals("probability") ? WorkingBlock.Kind.LOGIT : WorkingBlock.Kind.LOG;
            WorkingBlock block = WorkingBlock.single(id, kind, 1);
            blocks.add(block);
            start.add(block.working(new double[] {a.value()})[0]);
        }
        return new Combination(Map.of(), List.copyOf(blocks), List.copyOf(start), values -> {
            PathwayModel changed = model;
            for (int j = 0; j < values.length; j++) {
                changed = changed.withAssumption(ids.get(j), values[j]);
            }
            return changed.multiStateModel();
        });
    }

    private static InvalidArgumentException nothingOpen() {
        return new InvalidArgumentException(
                "the model has no open number; allowed: at least one open law, open fates or open assumptions");
    }

    static List<Combination> combinations(
            MultiStateModel model, Map<Edge, OpenLaw> laws, Map<String, List<String>> fates, boolean oneFamily) {
        List<Map<Edge, LawFamily>> choices = oneFamily ? common(laws) : product(laws);
        List<Combination> all = new ArrayList<>();
        for (Map<Edge, LawFamily> choice : choices) {
            all.add(combination(model, laws, fates, choice));
        }
        return all;
    }

    private static List<Map<Edge, LawFamily>> product(Map<Edge, OpenLaw> laws) {
        List<Map<Edge, LawFamily>> choices = new ArrayList<>(List.of(Map.of()));
        for (Map.Entry<Edge, OpenLaw> law : laws.entrySet()) {
            List<Map<Edge, LawFamily>> longer = new ArrayList<>();
            for (Map<Edge, LawFamily> choice : choices) {
                for (LawFamily family : law.getValue()
                        .admissible(law.getKey().fate(), law.getKey().name())) {
                    Map<Edge, LawFamily> next = new LinkedHashMap<>(choice);
                    next.put(law.getKey(), family);
                    longer.add(next);
                }
            }
            choices = longer;
            if (choices.size() > MOST_COMBINATIONS) {
                throw InvalidArgumentException.of(
                        "number of combinations of families",
                        "more than " + MOST_COMBINATIONS,
                        "fewer families, or withOneFamilyForAll");
            }
        }
        return choices;
    }

    /** Laws of one family keep it; the others share one that all of them allow. */
    private static List<Map<Edge, LawFamily>> common(Map<Edge, OpenLaw> laws) {
        List<LawFamily> shared = new ArrayList<>(List.of(LawFamily.values()));
        Map<Edge, List<LawFamily>> admissible = new LinkedHashMap<>();
        laws.forEach((edge, law) -> admissible.put(edge, law.admissible(edge.fate(), edge.name())));
        boolean some = false;
        for (List<LawFamily> families : admissible.values()) {
            if (families.size() > 1) {
                some = true;
                shared.retainAll(families);
            }
        }
        if (!some) {
            return product(laws);
        }
        if (shared.isEmpty()) {
            throw new InvalidArgumentException(
                    "the open laws have no family in common; allowed: one, or without withOneFamilyForAll");
        }
        List<Map<Edge, LawFamily>> choices = new ArrayList<>();
        for (LawFamily family : shared) {
            Map<Edge, LawFamily> choice = new LinkedHashMap<>();
            admissible.forEach((edge, own) -> choice.put(edge, own.size() == 1 ? own.get(0) : family));
            choices.add(choice);
        }
        return choices;
    }

    private static Combination combination(
            MultiStateModel model,
            Map<Edge, OpenLaw> laws,
            Map<String, List<String>> fates,
            Map<Edge, LawFamily> choice) {
        List<WorkingBlock> blocks = new ArrayList<>();
        List<Double> start = new ArrayList<>();
        Map<String, Double> known = new LinkedHashMap<>();
        fates.forEach((state, events) -> {
            double[] shares = events.stream()
                    .mapToDouble(e -> fate(model, state, e).probability())
                    .toArray();
            double total = Arrays.stream(shares).sum();
            List<String> names =
                    events.stream().map(e -> state + "/" + e + "/probability").toList();
            WorkingBlock block = new WorkingBlock(state + "/probabilities", names, WorkingBlock.Kind.LOG_RATIOS, total);
            blocks.add(block);
            for (double x : block.working(shares)) {
                start.add(x);
            }
        });
        choice.forEach((edge, family) -> {
            LawOfTime given = law(model, edge);
            Map<String, Double> begin = new LinkedHashMap<>(begin(given, family));
            Map<String, Double> fixed =
                    laws.getOrDefault(edge, OpenLaw.ofAnyFamily()).fixed();
            begin.putAll(fixed);
            family.of(begin);
            for (String parameter : family.parameterNames()) {
                String name = edge.name() + "/" + parameter;
                if (fixed.containsKey(parameter)) {
                    known.put(name, fixed.get(parameter));
                    continue;
                }
                WorkingBlock block = block(name, parameter, family, given);
                blocks.add(block);
                start.add(block.working(new double[] {begin.getOrDefault(parameter, Double.NaN)})[0]);
            }
        });
        if (blocks.isEmpty()) {
            throw nothingOpen();
        }
        List<String> names = blocks.stream().flatMap(b -> b.names().stream()).toList();
        Map<String, LawFamily> labels = new LinkedHashMap<>();
        choice.forEach((edge, family) -> labels.put(edge.name(), family));
        return new Combination(labels, List.copyOf(blocks), List.copyOf(start), values -> {
            Map<String, Double> all = new LinkedHashMap<>(known);
            for (int j = 0; j < values.length; j++) {
                all.put(names.get(j), values[j]);
            }
            return build(model, choice, all);
        });
    }

    private static WorkingBlock block(String name, String parameter, LawFamily family, LawOfTime given) {
        boolean gompertzShape = family == LawFamily.GOMPERTZ && parameter.equals("shape");
        boolean free = gompertzShape || List.of("meanLog", "mu", "q").contains(parameter);
        // A Gompertz shape is one over a time, so that its step must know the size of times.
        double step = gompertzShape ? 1 / typicalTime(given) : 1;
        return WorkingBlock.single(name, free ? WorkingBlock.Kind.LINEAR : WorkingBlock.Kind.LOG, step);
    }

    private static double typicalTime(LawOfTime law) {
        return law.timeAt(0.5 * (1 - law.curedShare()));
    }

    /** A law of a family like a given one: the same, or through its quartiles. */
    private static Map<String, Double> begin(LawOfTime given, LawFamily family) {
        if (given.name().equals(family.label())) {
            return given.parameters();
        }
        double ever = 1 - given.curedShare();
        TimingTarget early = new TimingTarget(given.timeAt(0.25 * ever), 0.25);
        TimingTarget late = new TimingTarget(given.timeAt(0.75 * ever), 0.75);
        if (family == LawFamily.EXPONENTIAL) {
            return LawFamily.exponentialThrough(TimingTarget.median(typicalTime(given)))
                    .parameters();
        }
        if (family == LawFamily.GENERALIZED_GAMMA) {
            Map<String, Double> normal =
                    LawFamily.LOG_NORMAL.through(early, late).parameters();
            Map<String, Double> begin = new LinkedHashMap<>();
            begin.put("mu", normal.get("meanLog"));
            begin.put("sigma", normal.get("sdLog"));
            begin.put("q", 0.2);
            return begin;
        }
        return family.through(early, late).parameters();
    }

    private static Fate fate(MultiStateModel model, String state, String event) {
        return model.state(state).fates().stream()
                .filter(f -> f.event().equals(event))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of("fate", event, "a fate of '" + state + "'"));
    }

    private static LawOfTime law(MultiStateModel model, Edge edge) {
        LawOfTime law = edge.fate()
                ? fate(model, edge.state(), edge.event()).law()
                : model.transitionsFrom(edge.state()).stream()
                        .filter(t -> t.event().equals(edge.event()))
                        .findFirst()
                        .map(HazardTransition::law)
                        .orElse(null);
        if (law == null) {
            throw InvalidArgumentException.of("law", edge.name(), "a law of the model");
        }
        return law;
    }

    private static MultiStateModel build(
            MultiStateModel model, Map<Edge, LawFamily> choice, Map<String, Double> values) {
        MultiStateModel.Builder builder = MultiStateModel.builder(model.unit());
        model.starts().forEach(builder::start);
        for (FateState state : model.states()) {
            List<Fate> fates = new ArrayList<>();
            for (Fate f : state.fates()) {
                double probability =
                        values.getOrDefault(state.name() + "/" + f.event() + "/probability", f.probability());
                LawOfTime law =
                        f.law() == null ? null : replaced(f.law(), state.name(), f.event(), true, choice, values);
                fates.add(new Fate(f.event(), f.to(), probability, law));
            }
            FateState next = new FateState(state.name(), state.label(), state.alive(), state.sampleSize(), fates);
            if (model.isAbsorbing(state.name()) && fates.isEmpty()) {
                builder.absorbing(next);
            } else {
                builder.state(next);
            }
        }
        for (HazardTransition t : model.transitions()) {
            LawOfTime law = replaced(t.law(), t.from(), t.event(), false, choice, values);
            builder.transition(new HazardTransition(t.event(), t.from(), t.to(), law, t.clock(), t.logHazardRatios()));
        }
        MultiStateModel built = builder.build();
        return model.covariateValues().isEmpty() ? built : built.withCovariates(model.covariateValues());
    }

    private static LawOfTime replaced(
            LawOfTime law,
            String state,
            String event,
            boolean fate,
            Map<Edge, LawFamily> choice,
            Map<String, Double> values) {
        Edge edge = new Edge(state, event, fate);
        @Nullable LawFamily family = choice.get(edge);
        return family == null
                ? law
                : family.of(family.parameterNames().stream()
                        .collect(
                                Collectors.toMap(p -> p, p -> values.getOrDefault(edge.name() + "/" + p, Double.NaN))));
    }
}
