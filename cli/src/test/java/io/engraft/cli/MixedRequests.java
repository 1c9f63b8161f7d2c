package io.engraft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A seeded mix of calls of every command with varied options, on small data; some of them fail. */
final class MixedRequests {

    private static final List<String> METHODS = List.of(
            "logrank",
            "gehan",
            "tarone-ware",
            "peto",
            "peto-modified",
            "fleming-harrington",
            "gray",
            "rmst",
            "fixed-time");
    private static final List<String> CONFIDENCE = List.of("log", "log-log", "plain", "logit", "arcsin");

    private final Path folder;
    private final Random random;
    private final List<List<String>> requests = new ArrayList<>();

    private MixedRequests(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    /** Makes the files in the folder, and the arguments of so many calls. */
    static List<List<String>> make(Path folder, int count, long seed) throws IOException {
        MixedRequests mix = new MixedRequests(folder, seed);
        mix.writeFiles();
        List<List<String>> ratios = new ArrayList<>(mix.ofRatios());
        ratios.addAll(mix.ofSubdistributions());
        mix.requests.addAll(mix.ofLittleToEstimate());
        while (mix.requests.size() < count - ratios.size()) {
            mix.requests.add(mix.next());
        }
        mix.requests.addAll(ratios);
        return mix.requests;
    }

    /** The lines that ask for the calls. */
    static String lines(List<List<String>> requests) {
        return requests.stream().map(MixedRequests::line).collect(Collectors.joining());
    }

    static String line(List<String> args) {
        return args.stream()
                .map(arg -> '"' + arg.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{\"args\":[", "]}\n"));
    }

    private void writeFiles() throws IOException {
        StringBuilder rows = new StringBuilder("id,entry,months,status,what,arm,stratum,w,sw,centre,age\n");
        for (int i = 0; i < 40; i++) {
            double entry = random.nextInt(3);
            double months = entry + 0.5 + random.nextInt(24);
            int status = random.nextInt(3);
            rows.append(String.format(
                    Locale.ROOT,
                    "P%d,%s,%s,%d,%s,%s,%s,%d,%.2f,%s,%s%n",
                    i / 2,
                    entry,
                    months,
                    status,
                    List.of("alive", "relapse", "death").get(status),
                    List.of("A", "B", "C").get(random.nextInt(3)),
                    List.of("x", "y").get(random.nextInt(2)),
                    1 + random.nextInt(3),
                    0.5 + random.nextDouble(),
                    List.of("north", "south", "west", "east").get(random.nextInt(4)),
                    random.nextInt(12) == 0 ? "" : String.valueOf(20 + random.nextInt(50))));
        }
        write("rows.csv", rows.toString());
        // Hardly any events, a group of one row, a group without events: much here cannot be estimated.
        write("thin.csv", """
                id,entry,months,status,what,arm,stratum,w,sw,centre,age
                1,0,3,1,relapse,A,x,1,1,n,30
                2,0,5,0,alive,A,x,2,0.5,n,40
                3,0,2,0,alive,B,y,1,1.5,s,50
                4,1,4,0,alive,B,y,1,1,s,35
                5,0,6,1,relapse,C,x,1,1,w,20
                """);
        write("stays.csv", """
                id,from,to,entry,months,arm,w
                1,well,ill,0,4,A,1
                1,ill,well,4,7,A,1
                1,well,,7,20,A,1
                2,well,dead,0,3,A,2
                3,well,ill,0,5,A,1
                3,ill,dead,5,9,A,1
                4,well,,0,15,B,1
                5,well,ill,0,6,B,3
                5,ill,,6,18,B,3
                6,well,dead,0,11,B,1
                """);
        write("new.csv", "age,arm\n30,A\n55,B\n");
        write(
                "histories.csv",
                "id,site,agvhd_2,relapse,death,last_contact\nP1,x,30,,,1460\nP2,,,95,400,\nP3,y,,,41,\n");
        StringBuilder split = new StringBuilder("months,status,dose,twin,group\n");
        for (int i = 0; i < 24; i++) {
            // All events are in one group, and the two doses are the same.
            int dose = 1 + random.nextInt(40);
            split.append(1 + random.nextInt(30)).append(',').append(i % 2).append(',');
            split.append(dose).append(',').append(dose).append(i % 2 == 0 ? ",none\n" : ",all\n");
        }
        write("split.csv", split.toString());
        write("ordered.csv", "months,status,x\n1,1,5\n2,1,4\n3,1,3\n4,1,2\n5,0,1\n");
        write("sides.csv", "group\nnone\nall\n");
        write("far.csv", "dose\n3\n1e9\n-1e9\n");
        write("one-study.csv", "study,events,n\nNorth,12,40\n");
        write("apart.csv", "study,events,n\nNorth,0,50\nWest,50,50\n");
        write("two-studies.csv", "study,events,n\nNorth,0,40\nWest,30,64\n");
        write("incidence.csv", "time,incidence,cause\n6,0.10,relapse\n12,0.20,relapse\n6,0.05,death\n12,0.10,death\n");
        write("open.json", """
                {"format": "engraft-pathways", "version": 1, "name": "Open", "unit": "months", "assumptions": [
                  {"id": "P", "text": "Cured.", "value": 0.5, "low": 0.4, "high": 0.6, "unit": "probability",
                   "basis": "assumed", "evidence": []},
                  {"id": "Q", "text": "Dead.", "value": 0.3, "low": 0.2, "high": 0.5, "unit": "probability",
                   "basis": "assumed", "evidence": []},
                  {"id": "S", "text": "Of deaths by month 12.", "value": 0.8, "low": 0.3, "high": 0.9,
                   "unit": "probability", "basis": "assumed", "evidence": []}],
                 "start": "well", "states": [
                  {"name": "well", "label": "well", "alive": true, "fates": [
                    {"event": "cure", "probability": "P"},
                    {"event": "death", "to": "dead", "probability": "Q",
                     "law": {"family": "weibull", "median": 4, "by": 12, "share": "S"}},
                    {"event": "other", "to": "dead", "probability": "rest",
                     "law": {"family": "exponential", "median": 6}}]},
                  {"name": "dead", "alive": false, "fates": []}]}
                """);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private boolean sometimes(double share) {
        return random.nextDouble() < share;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void maybe(List<String> args, double share, String... more) {
        if (sometimes(share)) {
            args.addAll(List.of(more));
        }
    }

    /** Fits that do not converge and models without one of the fates: numbers are missing that are there else. */
    private List<List<String>> ofLittleToEstimate() {
        List<String> fit = List.of("aft", file("split.csv"), "--time", "months", "--status", "status");
        List<String> far =
                joined(fit, "--covariates", "dose", "--newdata", file("far.csv"), "--at", "3", "--quantiles", "0.5");
        List<String> split = joined(fit, "--covariates", "group", "--distribution");
        List<String> law = List.of("fit", file("split.csv"), "--time", "months", "--status", "status");
        List<String> cure =
                List.of("fit", "@bmtcrr", "--time", "months", "--status", "status", "--family", "cure:weibull");
        List<String> compare = List.of("compare", file("open.json"), "--patients", "60", "--at", "12,24");
        return List.of(
                List.of("demo", "--out", file("report")),
                joined(law, "--covariates", "group", "--family", "weibull", "--robust"),
                joined(
                        law,
                        "--covariates",
                        "group",
                        "--family",
                        "weibull",
                        "--newdata",
                        file("sides.csv"),
                        "--at",
                        "3"),
                joined(law, "--covariates", "group", "--family", "weibull", "--newdata", file("sides.csv"), "--robust"),
                joined(law, "--covariates", "dose,twin", "--family", "weibull"),
                joined(law, "--covariates", "dose", "--family", "weibull", "--newdata", file("far.csv"), "--at", "3"),
                joined(law, "--family", "cure:weibull", "--at", "3", "--quantiles", "0.9"),
                joined(cure, "--on", "shape=age"),
                joined(cure, "--quantiles", "0.95", "--cause", "1"),
                joined(cure, "--robust"),
                List.of("simulate", "--list-models"),
                List.of("simulate", "--patients", "60", "--assumption-draws", "0"),
                joined(compare, file("open.json"), "--assumption-draws", "0"),
                joined(compare, "--assume", "P=0.6", "--assumption-draws", "100"),
                joined(split, "weibull", "--robust"),
                joined(split, "weibull", "--robust", "--newdata", file("sides.csv"), "--at", "3", "--quantiles", "0.5"),
                joined(split, "lognormal"),
                joined(split, "weibull", "--newdata", file("sides.csv"), "--at", "3", "--quantiles", "0.5"),
                joined(fit, "--covariates", "dose,twin", "--distribution", "weibull"),
                joined(far, "--distribution", "weibull"),
                joined(far, "--distribution", "gaussian"),
                List.of("calibrate", "--remission", "0", "--relapse", "0.5", "--remaining", "3,1e12"),
                List.of("calibrate", "--remission", "0", "--relapse", "1", "--n", "50", "--explain", "1"),
                List.of("calibrate", "--remission", "1", "--relapse", "0", "--n", "50", "--explain", "600"));
    }

    private static List<String> joined(List<String> fit, String... more) {
        return Stream.concat(fit.stream(), Stream.of(more)).toList();
    }

    private List<String> next() {
        List<String> args = one(random.nextInt(100));
        if (sometimes(0.04)) {
            args.addAll(any(List.of(
                    List.of("--level", "1.5"),
                    List.of("--nonsense"),
                    List.of("--at", "12,x"),
                    List.of("--unit", "weeks"),
                    List.of("--time", "nowhere"))));
        }
        if (sometimes(0.02)) {
            args.addAll(List.of("--out", file("out-" + random.nextInt(5) + ".json")));
        }
        return args;
    }

    private List<String> one(int kind) {
        if (kind < 22) {
            return km();
        } else if (kind < 34) {
            return cumInc();
        } else if (kind < 37) {
            return states();
        } else if (kind < 55) {
            return test();
        } else if (kind < 63) {
            return aft();
        } else if (kind < 70) {
            return fit();
        } else if (kind < 77) {
            return endpoints();
        } else if (kind < 83) {
            return pool();
        } else if (kind < 87) {
            return reconstruct();
        } else if (kind < 92) {
            return calibrate();
        } else if (kind < 96) {
            return simulate();
        } else if (kind < 98) {
            return new ArrayList<>(List.of("datasets"));
        }
        return new ArrayList<>(any(List.of(
                List.of("kmm", "@bmtcrr"),
                List.of("km", file("missing.csv"), "--time", "t", "--status", "s"),
                List.of("km", "@bmtcrr", "--time", "months", "--status", "phase"),
                List.of("pool", file("rows.csv")),
                List.of("simulate", "--model", file("missing.json")))));
    }

    /** Data with time, status and whatever goes with them. */
    private List<String> data(String command) {
        List<String> args = new ArrayList<>(List.of(command));
        if (sometimes(0.3)) {
            args.addAll(List.of("@bmtcrr", "--time", "months", "--status", "status"));
            maybe(args, 0.5, "--group", any(List.of("disease", "phase", "sex")));
            return args;
        }
        args.addAll(List.of(file(sometimes(0.3) ? "thin.csv" : "rows.csv"), "--time", "months"));
        args.addAll(
                sometimes(0.3)
                        ? List.of("--status", "what", "--events", "relapse,death", "--censored", "alive")
                        : List.of("--status", "status"));
        maybe(args, 0.3, "--entry", "entry");
        if (sometimes(0.4)) {
            args.addAll(
                    sometimes(0.5)
                            ? List.of("--weight", "w", "--weight-type", "frequency")
                            : List.of("--weight", "sw", "--weight-type", "sampling"));
        }
        maybe(args, 0.2, "--id", "id");
        maybe(args, 0.2, "--cluster", "centre");
        maybe(args, 0.15, "--robust");
        maybe(args, 0.2, "--unit", any(List.of("days", "months", "years")));
        maybe(args, 0.3, "--na", any(List.of("drop", "fail")));
        maybe(args, 0.5, "--group", any(List.of("arm", "stratum")));
        return args;
    }

    private List<String> km() {
        List<String> args = data("km");
        maybe(args, 0.3, "--at", any(List.of("0,3,6", "12", "24,5,200")));
        maybe(args, 0.3, "--tau", any(List.of("5", "12", "300")));
        maybe(args, 0.3, "--conf-type", any(CONFIDENCE));
        maybe(args, 0.2, "--level", any(List.of("0.9", "0.99")));
        maybe(args, 0.2, "--start", any(List.of("1", "3")));
        maybe(args, 0.2, "--cause", any(List.of("1", "2", "relapse")));
        maybe(args, 0.2, "--as", any(List.of("r", "engraft")));
        maybe(args, 0.02, "--chart", file("km.svg"));
        return args;
    }

    private List<String> cumInc() {
        List<String> args = data("cuminc");
        maybe(args, 0.3, "--at", any(List.of("0,3,6", "12", "24,5,200")));
        maybe(args, 0.3, "--conf-type", any(CONFIDENCE));
        maybe(args, 0.2, "--start", "1");
        maybe(args, 0.2, "--as", "r");
        maybe(args, 0.02, "--chart", file("cuminc.svg"));
        return args;
    }

    private List<String> states() {
        List<String> args = new ArrayList<>(List.of("states", file("stays.csv"), "--id", "id", "--from", "from"));
        args.addAll(List.of("--to", "to", "--entry", "entry", "--time", "months"));
        maybe(args, 0.4, "--group", "arm");
        maybe(args, 0.5, "--at", any(List.of("0,3,6", "12", "24,5,200")));
        maybe(args, 0.3, "--tau", any(List.of("4", "300")));
        maybe(args, 0.2, "--weight", "w", "--weight-type", any(List.of("frequency", "sampling")));
        maybe(args, 0.2, "--cluster", "arm");
        maybe(args, 0.2, "--conf-type", any(CONFIDENCE));
        maybe(args, 0.2, "--as", "r");
        maybe(args, 0.2, "--start", "1");
        return args;
    }

    private List<String> test() {
        List<String> args = data("test");
        if (!args.contains("--group")) {
            args.addAll(List.of("--group", args.get(1).startsWith("@") ? "disease" : "arm"));
        }
        String method = any(METHODS);
        args.addAll(List.of("--method", method));
        switch (method) {
            case "gray" -> {
                args.addAll(List.of("--cause", "1"));
                maybe(args, 0.3, "--rho", "0.5");
            }
            case "rmst" -> args.addAll(List.of("--tau", any(List.of("4", "12", "500"))));
            case "fixed-time" -> {
                args.addAll(List.of("--at", any(List.of("3", "12", "500"))));
                maybe(args, 0.4, "--cause", "1");
                maybe(args, 0.4, "--conf-type", any(CONFIDENCE));
            }
            case "fleming-harrington" -> args.addAll(List.of("--rho", "1", "--gamma", any(List.of("0", "1"))));
            default -> {
                maybe(args, 0.2, "--strata", args.get(1).startsWith("@") ? "source" : "stratum");
                maybe(args, 0.2, "--permutations", "50", "--seed", "7");
                maybe(args, 0.2, "--trend");
            }
        }
        maybe(args, 0.3, "--pairwise", any(List.of("holm", "bonferroni")));
        return args;
    }

    /** Cox models of every kind, those that cannot be fitted or predicted from too. */
    private List<List<String>> ofRatios() {
        List<String> plain = List.of("cox", "@bmtcrr", "--time", "months", "--status", "status", "--covariates");
        List<String> split = List.of("cox", file("split.csv"), "--time", "months", "--status", "status");
        List<String> rows = List.of("cox", file("rows.csv"), "--time", "months", "--status", "status", "--na", "drop");
        return List.of(
                joined(plain, "age,phase", "--zph", "km", "--baseline"),
                joined(plain, "age,age:phase", "--strata", "disease", "--zph", "log", "--baseline", "--robust"),
                joined(plain, "ns(age,3)", "--ties", "breslow", "--cause", "1", "--zph", "rank"),
                joined(plain, "age,phase", "--ties", "exact"),
                joined(plain, "age,phase", "--firth", "--profile", "--cause", "2", "--zph", "identity"),
                joined(plain, "phase", "--offset", "age"),
                List.of("cox", "@bmtcrr", "--time", "months", "--status", "status", "--at", "6,12,500"),
                joined(
                        rows,
                        "--covariates",
                        "age,arm",
                        "--entry",
                        "entry",
                        "--newdata",
                        file("new.csv"),
                        "--at",
                        "3,900"),
                joined(
                        rows,
                        "--covariates",
                        "age,arm",
                        "--weight",
                        "sw",
                        "--weight-type",
                        "sampling",
                        "--newdata",
                        file("new.csv"),
                        "--at",
                        "3,12"),
                joined(rows, "--covariates", "arm", "--weight", "w", "--weight-type", "frequency", "--zph", "km"),
                joined(split, "--covariates", "group", "--robust", "--newdata", file("sides.csv"), "--at", "3,25"),
                joined(split, "--covariates", "group", "--newdata", file("sides.csv"), "--at", "3", "--profile"),
                joined(split, "--covariates", "group", "--firth", "--profile"),
                List.of("cox", file("ordered.csv"), "--time", "months", "--status", "status", "--covariates", "x"),
                joined(split, "--covariates", "dose,twin", "--zph", "km"),
                joined(split, "--covariates", "dose,twin", "--robust"));
    }

    /** Fine-Gray models of every kind, those that cannot be fitted or predicted from too. */
    private List<List<String>> ofSubdistributions() {
        List<String> plain = List.of("finegray", "@bmtcrr", "--time", "months", "--status", "status", "--cause");
        List<String> split = List.of(
                "finegray",
                file("split.csv"),
                "--time",
                "months",
                "--status",
                "status",
                "--cause",
                "1",
                "--covariates");
        List<String> rows = List.of(
                "finegray", file("rows.csv"), "--time", "months", "--status", "status", "--na", "drop", "--cause", "1");
        return List.of(
                joined(plain, "1", "--covariates", "age,phase", "--baseline"),
                joined(plain, "relapse", "--covariates", "ns(age,3)", "--ties", "efron", "--strata", "disease"),
                joined(plain, "2", "--covariates", "phase", "--offset", "age", "--events-before-censorings"),
                joined(plain, "1", "--at", "6,12,500"),
                joined(
                        rows,
                        "--covariates",
                        "age,arm",
                        "--entry",
                        "entry",
                        "--newdata",
                        file("new.csv"),
                        "--at",
                        "0,3,900"),
                joined(
                        rows,
                        "--covariates",
                        "age,arm",
                        "--weight",
                        "sw",
                        "--weight-type",
                        "sampling",
                        "--newdata",
                        file("new.csv"),
                        "--as",
                        "r",
                        "--at",
                        "3,12"),
                joined(
                        rows,
                        "--covariates",
                        "arm",
                        "--weight",
                        "w",
                        "--weight-type",
                        "frequency",
                        "--cluster",
                        "centre"),
                joined(split, "group", "--newdata", file("sides.csv"), "--at", "3,25"),
                joined(split, "dose,twin"),
                List.of(
                        "finegray",
                        file("ordered.csv"),
                        "--time",
                        "months",
                        "--status",
                        "status",
                        "--cause",
                        "1",
                        "--covariates",
                        "x"));
    }

    private List<String> aft() {
        List<String> args = data("aft");
        int group = args.indexOf("--group");
        if (group >= 0) {
            args.subList(group, group + 2).clear();
        }
        boolean embedded = args.get(1).startsWith("@");
        args.addAll(List.of(
                "--distribution",
                any(List.of(
                        "exponential", "weibull", "rayleigh", "lognormal", "loglogistic", "gaussian", "logistic"))));
        if (sometimes(0.6)) {
            args.addAll(List.of("--covariates", embedded ? any(List.of("age", "age,phase", "sex")) : "age,arm"));
            if (!embedded && sometimes(0.5)) {
                args.addAll(List.of("--newdata", file("new.csv"), "--at", "3,12", "--quantiles", "0.25,0.5"));
            }
        } else {
            maybe(args, 0.5, "--at", "1,12");
            maybe(args, 0.5, "--quantiles", "0.5");
        }
        maybe(args, 0.2, "--strata", embedded ? "disease" : "stratum");
        maybe(args, 0.3, "--na", "drop");
        maybe(args, 0.2, "--cause", "1");
        return args;
    }

    private List<String> fit() {
        List<String> args = data("fit");
        int group = args.indexOf("--group");
        if (group >= 0) {
            args.subList(group, group + 2).clear();
        }
        boolean embedded = args.get(1).startsWith("@");
        args.addAll(List.of("--family", any(List.of("exponential", "weibull", "gompertz", "gamma", "cure:weibull"))));
        if (sometimes(0.4)) {
            args.addAll(List.of("--covariates", embedded ? any(List.of("age", "age,phase", "sex")) : "age,arm"));
            if (!embedded && sometimes(0.5)) {
                args.addAll(List.of("--newdata", file("new.csv"), "--at", "3,12", "--quantiles", "0.25,0.5"));
            }
        } else {
            maybe(args, 0.5, "--at", "1,12");
            maybe(args, 0.5, "--quantiles", "0.5");
            maybe(args, 0.2, "--on", "shape=age");
        }
        maybe(args, 0.3, "--na", "drop");
        maybe(args, 0.2, "--cause", "1");
        return args;
    }

    private List<String> endpoints() {
        List<String> args =
                new ArrayList<>(List.of("endpoints", sometimes(0.5) ? "@histories" : file("histories.csv")));
        if (args.get(1).startsWith("@")) {
            maybe(args, 0.4, "--endpoint", any(List.of("os,relapse", "grfs,crfs,engraftment", "cgvhd,agvhd_3_4")));
            maybe(args, 0.3, "--crfs", "either");
        } else {
            maybe(args, 0.8, "--keep-columns");
            maybe(args, 0.5, "--endpoint", any(List.of("os", "relapse,nrm")));
        }
        if (sometimes(0.3)) {
            args.removeIf(arg -> arg.equals("--endpoint") || (arg.contains(",") && !arg.contains("csv")));
            args.removeIf(arg -> arg.equals("os"));
            args.addAll(List.of("--endpoint", "os", "--time-dependent", "agvhd_2_4"));
        }
        maybe(args, 0.3, "--unit", any(List.of("days", "years")));
        maybe(args, 0.2, "--second-transplant-in-efs");
        maybe(args, 0.2, "--relapse-competes-with-gvhd");
        maybe(args, 0.2, "--censor-at-dli", "relapse");
        return args;
    }

    private List<String> pool() {
        List<String> args = new ArrayList<>(List.of("pool"));
        if (sometimes(0.7)) {
            args.addAll(any(List.of(
                    List.of("@jmml", "--endpoint", "CIR"),
                    List.of("@jmml", "--endpoint", "EFS"),
                    List.of("../docs/examples/studies.csv"),
                    List.of(file("one-study.csv")),
                    List.of(file("apart.csv")),
                    List.of(file("two-studies.csv")))));
            maybe(args, 0.3, "--heterogeneity", any(List.of("REML", "PM", "DL")));
            maybe(args, 0.3, "--interval", any(List.of("wald", "hartung-knapp")));
        }
        if (args.size() == 1 || sometimes(0.3)) {
            args.addAll(List.of("--unit-events", any(List.of("0", "22", "55")), "--unit-patients", "60"));
            args.addAll(List.of("--against", any(List.of("0.3,0.4", "0.35"))));
            maybe(args, 0.5, "--reference", "35/100");
        }
        return args;
    }

    private List<String> reconstruct() {
        List<String> args = new ArrayList<>(List.of("reconstruct"));
        args.addAll(any(List.of(
                List.of("../docs/examples/curve.csv", "../docs/examples/at-risk.csv"),
                List.of("../docs/examples/curve.csv", "--n", "21"),
                List.of(file("incidence.csv"), "--n", "60"))));
        args.addAll(List.of("--draws", any(List.of("0", "5", "10"))));
        maybe(args, 0.4, "--at", any(List.of("6", "7,9", "12,1000")));
        maybe(args, 0.3, "--events", "9");
        maybe(args, 0.1, "--data-out", file("patients.csv"));
        return args;
    }

    private List<String> calibrate() {
        List<String> args = new ArrayList<>(List.of("calibrate"));
        maybe(args, 0.5, "--remission", any(List.of("0.5", "0.6")), "--relapse", any(List.of("0.35", "0", "0.4")));
        maybe(args, 0.4, "--relapse-by", "12:0.84");
        maybe(args, 0.4, "--n", "100");
        maybe(args, 0.4, "--family", any(List.of("lognormal", "loglogistic", "gamma", "exponential", "all")));
        maybe(args, 0.4, "--at", "12");
        maybe(args, 0.3, "--remaining", "3,1000000");
        maybe(args, 0.2, "--explain", "60");
        maybe(args, 0.2, "--relapse-median", "3", "--relapse-range", "0.5:36", "--relapses", "31");
        return args;
    }

    private List<String> simulate() {
        List<String> args = new ArrayList<>(List.of("simulate", "--patients", "60", "--horizon", "24"));
        args.addAll(List.of("--seed", String.valueOf(random.nextInt(100) - 50), "--threads", "1"));
        maybe(args, 0.3, "--model", any(List.of("jmml", "transplant")));
        maybe(args, 0.3, "--at", "1,12");
        maybe(args, 0.2, "--draws", "100");
        return args;
    }
}
