package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KmSummariesTest {

    private static Run km(String... options) {
        List<String> args = new ArrayList<>(List.of("km", "@bmtcrr", "--time", "months", "--status", "status"));
        args.addAll(List.of(options));
        return Run.of(args.toArray(new String[0]));
    }

    @Test
    void quantilesBandsAndFollowUpStandBesideTheCurve() {
        Run run = km(
                "--quantiles",
                "0.25,0.75",
                "--bands",
                "hw",
                "--follow-up",
                "--tau",
                "24",
                "--at",
                "12",
                "--format",
                "json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Schemas.problems(run.out())).isEmpty();
        assertThat(run.out())
                .contains("\"quantiles\":[{\"probability\":0.25,\"estimate\":")
                .contains("\"followUp\":{\"median\":")
                .contains("\"completenessTo\":24")
                .contains("\"cumulativeHazardStdError\":")
                .contains("\"bandLower\":");
        assertThat(km("--bands", "nair").status()).isEqualTo(2);
        assertThat(km("--quantiles", "1.5").status()).isNotZero();
    }

    @Test
    void givesIntervalsForFewPatients() {
        String five = "t,s\n3,0\n5,1\n8,0\n12,0\n12,0\n";
        String[] call = {"km", "-", "--time", "t", "--status", "s", "--at", "4,6", "--format", "json", "--conf-type", ""
        };
        call[call.length - 1] = "beta-product";
        Run beta = Run.withInput(five, call);
        assertThat(Schemas.problems(beta.out())).isEmpty();
        // 0.025^(1/4), and Beta(4, 1) Beta(3, 1) = Beta(3, 2)
        assertThat(beta.json().number("groups/0/points/0/lower")).isCloseTo(Math.pow(0.025, 0.25), within(1e-12));
        assertThat(beta.json().number("groups/0/points/0/upper")).isEqualTo(1);
        assertThat(beta.json().number("groups/0/points/1/lower")).isCloseTo(0.19412044968324, within(1e-10));
        assertThat(beta.json().text("conventions/interval")).isEqualTo("beta-product");
        call[call.length - 1] = "thomas-grunkemeier";
        Run ratio = Run.withInput(five, call);
        assertThat(Schemas.problems(ratio.out())).isEmpty();
        assertThat(ratio.json().at("groups/0/points/0/lower").value()).isNull();
        assertThat(ratio.json().number("groups/0/points/1/lower")).isBetween(0.2, 0.75);
    }

    @Test
    void refusesThemWhereTheyAreNotFor() {
        for (String option : new String[] {"--bands hw", "--follow-up", "--robust"}) {
            List<String> options = new ArrayList<>(List.of("--conf-type", "beta-product"));
            options.addAll(List.of(option.split(" ")));
            Run run = km(options.toArray(new String[0]));
            assertThat(run.status()).as(option).isEqualTo(2);
            assertThat(run.err()).contains("beta-product");
        }
        Run cuminc = Run.of(
                "cuminc", "@bmtcrr", "--time", "months", "--status", "status", "--conf-type", "thomas-grunkemeier");
        assertThat(cuminc.status()).isEqualTo(2);
        assertThat(cuminc.err()).contains("thomas-grunkemeier", "allowed: log, log-log, plain, logit or arcsin");
        Run test = Run.of(
                "test",
                "@bmtcrr",
                "--time",
                "months",
                "--status",
                "status",
                "--group",
                "disease",
                "--method",
                "fixed-time",
                "--at",
                "12",
                "--conf-type",
                "beta-product");
        assertThat(test.status()).isEqualTo(2);
    }

    @Test
    void csvHoldsEveryEstimate() {
        String csv = km("--tau", "24", "--quantiles", "0.25", "--follow-up", "--at", "12", "--format", "csv")
                .out();
        assertThat(csv.lines().filter(l -> l.contains(",survival,,"))).hasSize(1);
        assertThat(csv.lines().filter(l -> l.contains(",quantile,"))).hasSize(2);
        assertThat(csv.lines().filter(l -> l.contains(",restricted mean,"))).hasSize(1);
        assertThat(csv.lines().filter(l -> l.contains(",follow-up median,"))).hasSize(1);
        assertThat(csv.lines().filter(l -> l.contains(",follow-up completeness,")))
                .hasSize(1);
        Run test = Run.of(
                "test", "@bmtcrr", "--time", "months", "--status", "status", "--group", "disease", "--format", "csv");
        assertThat(test.out().lines().filter(l -> l.contains(",,group,"))).hasSize(2);
        assertThat(test.out()).contains(",73,56,49.4");
    }

    @Test
    void aWindowIsNamedAndTimesBeforeItRefused() {
        assertThat(km("--start", "12", "--tau", "30").out()).contains("restricted mean from 12 to 30 months");
        assertThat(km("--start", "12", "--tau", "30", "--format", "json").out()).contains("\"tau\":30,\"start\":12");
        assertThat(km("--start", "12", "--at", "6").err()).contains("--at is 6, with --start 12");
        assertThat(km("--start", "12", "--tau", "12").err()).contains("--tau is 12, with --start 12");
        assertThat(km("--start", "1000").status()).isNotZero();
        assertThat(km("--start", "12", "--follow-up").err()).contains("--follow-up is of all patients from time 0");
        Run cuminc =
                Run.of("cuminc", "@bmtcrr", "--time", "months", "--status", "status", "--start", "12", "--at", "6");
        assertThat(cuminc.status()).isEqualTo(2);
        assertThat(cuminc.err()).contains("--at is 6, with --start 12");
    }

    @Test
    void patientsStandBesideRowsAndWeightsShowNoDust() {
        String rows = "t,s,id,w\n3,0,a,2.1\n5,1,a,1.3\n4,1,b,0.9\n8,0,c,1.489\n";
        Run json = Run.withInput(rows, "km", "-", "--time", "t", "--status", "s", "--id", "id", "--format", "json");
        if (json.status() == 0) {
            assertThat(json.out()).contains("\"n\":4,\"patients\":3");
            assertThat(Schemas.problems(json.out())).isEmpty();
        }
        String text = Run.withInput(
                        rows, "km", "-", "--time", "t", "--status", "s", "--weight", "w", "--weight-type", "sampling")
                .out();
        assertThat(text).contains("5.789").doesNotContain("5.78899").doesNotContain("5.789000");
    }

    @Test
    void aRestrictedMeanOfNoEventsIsNotCompared() {
        String rows = "t,s,g\n5,0,a\n6,0,a\n7,0,a\n1,1,b\n2,1,b\n6,1,b\n";
        String[] args = {"test", "-", "--time", "t", "--status", "s", "--group", "g", "--method", "rmst", "--tau", "5"};
        Run run = Run.withInput(rows, args);
        assertThat(run.out()).contains("no statistic: the restricted mean of group a has no variance up to 5");
        List<String> exact = new ArrayList<>(List.of(args));
        exact.add("--exact");
        assertThat(Run.withInput(rows, exact.toArray(new String[0])).out()).contains("no statistic");
        String varied = rows.replace("5,0,a", "4,1,a");
        assertThat(Run.withInput(varied, exact.toArray(new String[0])).out())
                .contains("exact studentized permutation of 20 assignments");
    }

    @Test
    void oneClusterForTwoGroupsIsNoTest() {
        String rows = "t,s,g,c\n5,1,a,x\n6,0,a,x\n7,1,a,x\n1,1,b,x\n2,1,b,x\n6,1,b,x\n";
        Run run = Run.withInput(
                rows,
                "test",
                "-",
                "--time",
                "t",
                "--status",
                "s",
                "--group",
                "g",
                "--cluster",
                "c",
                "--pairwise",
                "holm");
        assertThat(run.out())
                .contains("no statistic: the robust variance rests on 1 cluster for 1 difference")
                .contains("not estimable: a against b");
    }
}
