package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The language of terms: what is read, what it is called, what cannot be read; small cases worked by hand. */
class TermTest {

    private static final List<String> COLUMNS = List.of("age", "year", "phase", "sex");

    private static List<String> labels(List<String> columns, String... texts) {
        return Terms.of(texts).among(columns).stream().map(Term::label).toList();
    }

    @Test
    void textsAreRead() {
        assertThat(labels(COLUMNS, "age", "phase")).containsExactly("age", "phase");
        assertThat(labels(COLUMNS, " age : phase ")).containsExactly("age:phase");
        assertThat(labels(COLUMNS, "age*phase")).containsExactly("age", "phase", "age:phase");
        assertThat(labels(COLUMNS, "age*phase*sex"))
                .containsExactly("age", "phase", "sex", "age:phase", "age:sex", "phase:sex", "age:phase:sex");
        assertThat(labels(COLUMNS, "age:sex*phase")).containsExactly("age:sex", "phase", "age:sex:phase");
        assertThat(labels(COLUMNS, "ns( age , 3 )", "ns(year,knots = 2000 ; 2010.5)"))
                .containsExactly("ns(age,3)", "ns(year,knots=2000;2010.5)");
        assertThat(labels(COLUMNS, "log(age)", "I(age^2)", "I(age ^ -0.5)"))
                .containsExactly("log(age)", "I(age^2)", "I(age^-0.5)");
        assertThat(labels(COLUMNS, "ns(age,2)*sex")).containsExactly("ns(age,2)", "sex", "ns(age,2):sex");
        assertThat(labels(COLUMNS)).isEmpty();
    }

    @Test
    void aColumnIsThatColumnWhateverItIsCalled() {
        List<String> odd = List.of("age", "a:b", "ns(age,3)", "CD34 (10^6)", "x*y", "log", "I", "5, or more", "age:");
        for (String name : odd) {
            assertThat(labels(odd, name)).containsExactly(name);
            assertThat(Terms.of(name).columns(odd)).containsExactly(name);
        }
        assertThat(labels(odd, "age:CD34 (10^6)")).containsExactly("age:CD34 (10^6)");
        assertThat(labels(odd, "ns(CD34 (10^6),3)")).containsExactly("ns(CD34 (10^6),3)");
        assertThat(labels(odd, "`a:b`:age")).containsExactly("a:b:age");
        assertThat(labels(odd, "log:I")).containsExactly("log:I");
        assertThat(Terms.of("a:b:age").columns(odd)).containsExactly("a:b", "age");
        assertThat(Terms.of("a:b").columns(List.of("a", "b"))).containsExactly("a", "b");
    }

    @Test
    void listsAreSplitOutsideParentheses() {
        assertThat(Terms.parse("age, phase,age:phase,ns(age,3),ns(year,knots=1;2)")
                        .texts())
                .containsExactly("age", "phase", "age:phase", "ns(age,3)", "ns(year,knots=1;2)");
        assertThat(Terms.parse("`a,b`,c").texts()).containsExactly("`a,b`", "c");
        assertThat(Terms.parse("x(,y").texts()).containsExactly("x(", "y");
        assertThat(Terms.parse("f((a,b),c),d").texts()).containsExactly("f((a,b),c)", "d");
        assertThat(Terms.parse("x`,y").texts()).containsExactly("x`", "y");
        assertThat(Terms.parse("age")).isEqualTo(Terms.of("age")).hasSameHashCodeAs(Terms.of("age"));
    }

    @Test
    void termsCanBeBuilt() {
        Term product = Term.of("a:b").by(Term.naturalSpline("age", 3));
        assertThat(product.label()).isEqualTo("a:b:ns(age,3)");
        assertThat(product).hasToString("`a:b`:ns(age,3)");
        assertThat(product.columns()).containsExactly("a:b", "age");
        assertThat(Terms.of(product.toString()).among(List.of("a:b", "age"))).containsExactly(product);
        assertThat(Term.naturalSplineAt("age", 20, 40.5)).hasToString("ns(age,knots=20;40.5)");
        assertThat(Term.power("age", 3)).hasToString("I(age^3)");
        assertThat(Term.log("x,y")).hasToString("log(`x,y`)");
        Terms terms = Terms.of("age").with(Term.log("year")).withReference("phase", "CR2");
        assertThat(terms.among(COLUMNS)).containsExactly(Term.of("age"), Term.log("year"));
        assertThat(terms.references()).containsExactly(Map.entry("phase", "CR2"));
        assertThat(terms).hasToString("age, log(year) with references {phase=CR2}");
        assertThat(terms.columns(List.of())).containsExactly("age", "year");
        assertThat(Terms.none().isEmpty()).isTrue();
        assertThat(terms.isEmpty()).isFalse();
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessage(message);
    }

    private static void badText(String text, String message) {
        bad(() -> Terms.of(text).among(COLUMNS), "term '" + text + "' at character " + message);
    }

    @Test
    void whatCannotBeReadIsTold() {
        badText("age:", "5: a part is missing; allowed: the name of a column, or ns(..), log(..), I(..)");
        badText("*age", "1: a part is missing; allowed: the name of a column, or ns(..), log(..), I(..)");
        badText("", "1: a part is missing; allowed: the name of a column, or ns(..), log(..), I(..)");
        badText(
                "sex:poly(age,2)",
                "5: 'poly' is no function and no column; allowed: ns(..), log(..), I(..); a column's name with any of"
                        + " :*(),^ in it stands in backquotes");
        badText(
                "ns(age)",
                "7: ')' stands there; allowed: ',', a number of columns, or knots, such as ns(age,3) or"
                        + " ns(age,knots=20;40)");
        badText("ns(age,0)", "8: number of columns is 0; allowed: a whole number from 1 to 50, such as ns(age,3)");
        badText("ns(age,2.5)", "8: number of columns is 2.5; allowed: a whole number from 1 to 50, such as ns(age,3)");
        badText("ns(age,51)", "8: number of columns is 51; allowed: a whole number from 1 to 50, such as ns(age,3)");
        badText(
                "ns(age,x)",
                "8: no number stands here; allowed: a finite number with a decimal point, such as 2 or 0.5");
        badText("ns(age,3", "9: the text ends; allowed: ')', the end of ns(age,3)");
        badText("ns(,3)", "4: a column's name is missing; allowed: one here");
        badText("ns(age,knots)", "13: ')' stands there; allowed: '=', knots such as ns(age,knots=20;40)");
        badText("ns(age,knots=40;20)", "17: knot is 20; allowed: knots that ascend");
        badText(
                "ns(age,knots=1;NaN)",
                "16: no number stands here; allowed: a finite number with a decimal point, such as 2 or 0.5");
        badText("I(age)", "6: ')' stands there; allowed: '^', a power such as I(age^2)");
        badText("I(age^1)", "7: exponent is 1; allowed: a number other than 0 and 1");
        badText("age^2", "4: '^' follows; allowed: I(age^2) for a power, ':' or '*' and another part, or the end");
        badText("log(age)sex", "9: 's' follows; allowed: ':' or '*' and another part, or the end");
        badText("`age", "1: a backquote is not closed; allowed: a name in backquotes");
        badText("age:sex:age", "9: age stands in a product with itself; allowed: each part once; I(age^2) is a square");
        badText("age*age", "5: age stands in a product with itself; allowed: each part once; I(age^2) is a square");
        String knots = "ns(age,knots=1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24"
                + ";25;26;27;28;29;30;31;32;33;34;35;36;37;38;39;40;41;42;43;44;45;46;47;48;49;50)";
        badText(knots, knots.length() + ": number of knots is 50; allowed: at most 49");
        badText("a*b*c*d*e*f*g", "14: 7 parts are joined by '*'; allowed: at most 6");
        badText("age:(sex)", "5: '(' opens nothing; allowed: the name of a column, or ns(..), log(..), I(..)");
    }

    @Test
    void columnsThatAreNotThere() {
        bad(() -> Terms.of("stage").among(COLUMNS), "covariate is stage; allowed: one of [age, year, phase, sex]");
        bad(
                () -> Terms.of("age:phse").among(COLUMNS),
                "covariate of term 'age:phse' at character 5 is phse; allowed: one of [age, year, phase, sex]");
        bad(
                () -> Terms.of("ns(agee,3)").among(COLUMNS),
                "covariate of term 'ns(agee,3)' at character 4 is agee; allowed: one of [age, year, phase, sex]");
        bad(
                () -> Terms.none().with(Term.log("stage")).among(COLUMNS),
                "covariate of log(stage) is stage; allowed: one of [age, year, phase, sex]");
        assertThat(Terms.of("age:phse", "stage").columns(COLUMNS)).containsExactly("age", "phse", "stage");
    }

    @Test
    void termsThatStandTwice() {
        bad(() -> Terms.of("age", "age"), "covariates is [age, age]; allowed: distinct names");
        bad(
                () -> Terms.of("age:sex", "sex:age").among(COLUMNS),
                "covariates is [age:sex, sex:age]; allowed: distinct terms: sex:age stands there twice");
        assertThat(labels(COLUMNS, "sex", "age*sex")).containsExactly("sex", "age", "age:sex");
        assertThat(labels(COLUMNS, "age*sex", "sex")).containsExactly("age", "sex", "age:sex");
        assertThat(labels(COLUMNS, "age*sex", "age*phase"))
                .containsExactly("age", "sex", "age:sex", "phase", "age:phase");
    }

    @Test
    void whatCannotBeBuiltIsTold() {
        bad(() -> Term.power("age", 1), "exponent is 1; allowed: a number other than 0 and 1");
        bad(() -> Term.power("age", Double.NaN), "exponent is NaN; allowed: a finite number");
        bad(() -> Term.naturalSpline("age", 0), "number of columns of the spline is 0; allowed: 1 to 50");
        bad(() -> Term.naturalSplineAt("age"), "number of knots is 0; allowed: 1 to 49");
        bad(() -> Term.naturalSplineAt("age", 2, 2), "knots is [2.0, 2.0]; allowed: finite, ascending numbers");
        bad(
                () -> Term.naturalSplineAt("age", 2, Double.NaN),
                "knots is [2.0, NaN]; allowed: finite, ascending numbers");
        bad(
                () -> Term.of("age").by(Term.of("age")),
                "product of age and age is one of age with itself; allowed: each part once; power(\"age\", 2) is a"
                        + " square");
    }

    private static final double[] TIME = {1, 2, 4, 3, 5, 2, 6, 8, 7, 3};
    private static final int[] STATUS = {1, 1, 1, 1, 1, 1, 1, 1, 0, 1};
    private static final double[] AGE = {10, 20, 30, 40, 50, 60, 15, 25, 35, 45};

    private static SurvivalData.Builder rows() {
        return SurvivalData.builder(TIME, STATUS)
                .covariate("age", AGE)
                .covariate("zero", new double[] {0, 1, 2, 3, 4, 5, 6, 7, -1, 9})
                .covariate("ties", new double[] {1, 1, 1, 1, 1, 1, 1, 2, 2, 3})
                .covariate("g", Categories.of(List.of("a", "b", "a", "b", "c", "a", "c", "b", "a", "c")))
                .covariate("s", Categories.of(List.of("m", "m", "m", "f", "f", "f", "m", "m", "f", "f")));
    }

    private static ParametricFit fit(Terms terms) {
        return ParametricModel.of(ParametricFamily.EXPONENTIAL)
                .withCovariates(terms)
                .fit(rows().build());
    }

    @Test
    void dataThatDoNotSuit() {
        bad(
                () -> fit(Terms.of("ns(g,3)")),
                "column of ns(g,3) is g, with the levels [a, b, c]; allowed: a column of numbers; g alone gives contrasts"
                        + " of its levels");
        bad(
                () -> fit(Terms.of("age").withReference("age", "10")),
                "column with a reference is age; allowed: one of the columns of levels among the terms, []");
        bad(
                () -> fit(Terms.of("g").withReference("s", "m")),
                "column with a reference is s; allowed: one of the columns of levels among the terms, [g]");
        bad(() -> fit(Terms.of("g").withReference("g", "d")), "reference of g is 'd'; allowed: one of [a, b, c]");
        bad(
                () -> fit(Terms.none().withReference("g", "a")),
                "column with a reference is g; allowed: one of the columns of levels among the terms, []");
        bad(
                () -> fit(Terms.of("ns(ties,4)")),
                "knots of ns(ties,4) is [1.0, 1.0, 1.0, 1.75, 3.0]; allowed: ascending, distinct ones between the least"
                        + " and the largest value of ties; fewer columns, or knots of your own such as"
                        + " ns(ties,knots=20;40), mend it");
        assertThatThrownBy(() -> fit(Terms.of("ns(age,knots=5;20)")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("knots of ns(age,knots=5;20) is [10.0, 5.0, 20.0, 60.0]; allowed: ascending");
        assertThatThrownBy(() -> fit(Terms.of("log(zero)")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 1, column 'zero', value '0.0': log(zero) is -Infinity; allowed: zero > 0")
                .hasMessageContaining("row 9, column 'zero', value '-1.0': log(zero) is NaN; allowed: zero > 0");
        assertThatThrownBy(() -> fit(Terms.of("I(zero^-1)")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 1, column 'zero', value '0.0': I(zero^-1) is Infinity");
    }

    @Test
    void patientsThatDoNotSuit() {
        ParametricFit fit = fit(Terms.of("log(age)", "s").withReference("s", "m"));
        CovariateProfile good = CovariateProfile.empty().with("age", 20).with("s", "f");
        assertThat(fit.predict(good).survivalAt(1).isEstimable()).isTrue();
        bad(() -> fit.predict(good.with("age", 0)), "covariate age is 0.0; allowed: age > 0, as log(age) is -Infinity");
        bad(() -> fit.predict(good.with("s", "x")), "covariate s is x; allowed: one of [f, m]");
        bad(() -> fit.predict(good.with("zero", 1)), "numeric covariate is zero; allowed: one of [age]");
        bad(() -> fit.predict(good.only(List.of("s"))), "covariate age is not given; allowed: a number");
    }

    @Test
    void ratesOfCellsAreExact() {
        // Exponential, every cell of g and s with a rate of its own: events / time.
        // a,m: 2 events in 5; a,f: 1 in 9; b,m: 2 in 10; b,f: 1 in 3; c,m: 1 in 6; c,f: 2 in 8.
        double am = Math.log(2.0 / 5);
        double af = Math.log(1.0 / 9);
        double bm = Math.log(2.0 / 10);
        double bf = Math.log(1.0 / 3);
        double cm = Math.log(1.0 / 6);
        double cf = Math.log(2.0 / 8);
        // First levels: a and f.
        ParametricFit first = fit(Terms.of("g*s"));
        coefficients(
                first,
                List.of("rate", "g=b", "g=c", "s=m", "g=b:s=m", "g=c:s=m"),
                af,
                bf - af,
                cf - af,
                am - af,
                bm - bf - (am - af),
                cm - cf - (am - af));
        ParametricFit other = fit(Terms.of("g*s").withReference("g", "c").withReference("s", "m"));
        coefficients(
                other,
                List.of("rate", "g=a", "g=b", "s=f", "g=a:s=f", "g=b:s=f"),
                cm,
                am - cm,
                bm - cm,
                cf - cm,
                af - am - (cf - cm),
                bf - bm - (cf - cm));
        // A product without one of its main effects: an effect of s for each level of g.
        coefficients(
                fit(Terms.of("g", "g:s")),
                List.of("rate", "g=b", "g=c", "g=a:s=m", "g=b:s=m", "g=c:s=m"),
                af,
                bf - af,
                cf - af,
                am - af,
                bm - bf,
                cm - cf);
        // A cell's standard error is 1 / sqrt(events): of am - af, sqrt(1 / 2 + 1).
        assertThat(first.coefficient("s=m").stdError().getAsDouble()).isCloseTo(Math.sqrt(1.5), within(1e-9));
        // Contrasts by coefficients and by patients: bm - cm.
        Coefficient byName =
                first.contrast("b against c, men", Map.of("g=b", 1.0, "g=c", -1.0, "g=b:s=m", 1.0, "g=c:s=m", -1.0));
        Coefficient byPatient = other.contrast(patient("b", "m"), patient("c", "m"));
        assertThat(byName.name()).isEqualTo("b against c, men");
        assertThat(byPatient.name()).isEqualTo("{g=b, s=m} - {g=c, s=m}");
        for (Coefficient c : List.of(byName, byPatient)) {
            assertThat(c.parameter()).isEqualTo("rate");
            assertThat(c.value().estimate()).isCloseTo(bm - cm, within(1e-9));
            assertThat(c.stdError().getAsDouble()).isCloseTo(Math.sqrt(1 / 2.0 + 1), within(1e-9));
        }
        bad(
                () -> first.contrast("x", Map.of("g=d", 1.0)),
                "coefficient is g=d; allowed: one of [rate, g=b, g=c, s=m, g=b:s=m, g=c:s=m]");
        bad(() -> first.contrast("x", Map.of("g=b", Double.NaN)), "weight of g=b is NaN; allowed: a finite number");
    }

    private static CovariateProfile patient(String g, String s) {
        return CovariateProfile.empty().with("g", g).with("s", s);
    }

    private static void coefficients(ParametricFit fit, List<String> names, double... expected) {
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.coefficients().stream().map(Coefficient::name)).containsExactlyElementsOf(names);
        for (int j = 0; j < expected.length; j++) {
            assertThat(fit.coefficients().get(j).value().estimate())
                    .as(names.get(j))
                    .isCloseTo(expected[j], within(1e-9));
        }
    }

    @Test
    void aSplineOfOneColumnIsAStraightLine() {
        // Of Bernstein's cubics without the first, (1, 2, 3) / sqrt(14) is at right angles to both conditions of no
        // curvature, and (B1 + 2 B2 + 3 B3) / sqrt(14) = 3 u / sqrt(14) with u = (age - 10) / 50.
        ParametricFit fit = fit(Terms.of("ns(age,1)"));
        for (double age : new double[] {-20, 10, 35, 60, 90}) {
            assertThat(fit.columns(CovariateProfile.empty().with("age", age)).get("ns(age,1)1"))
                    .isCloseTo(3 / Math.sqrt(14) * (age - 10) / 50, within(1e-14));
        }
        ParametricFit line = fit(Terms.of("age"));
        assertThat(fit.logLikelihood()).isCloseTo(line.logLikelihood(), within(1e-12));
    }

    @Test
    void codingsAreTold() {
        ParametricFit fit = ParametricModel.of(ParametricFamily.WEIBULL)
                .withCovariates(Terms.of("g", "ns(age,2)").withReference("g", "b"))
                .withCovariatesOn("shape", "s")
                .fit(rows().build());
        assertThat(fit.terms())
                .containsExactly(
                        new TermCoding("s", "shape", List.of("shape(s=m)"), Map.of("s", "f"), Map.of()),
                        new TermCoding("g", "scale", List.of("g=a", "g=c"), Map.of("g", "b"), Map.of()),
                        new TermCoding(
                                "ns(age,2)",
                                "scale",
                                List.of("ns(age,2)1", "ns(age,2)2"),
                                Map.of(),
                                Map.of("age", List.of(10.0, 32.5, 60.0))));
        assertThat(fit.conventions()).containsEntry("covariates on", "shape ~ s");
        assertThat(fit.columns(CovariateProfile.empty().with("g", "c").with("age", 10)))
                .containsExactly(
                        Map.entry("g=a", 0.0),
                        Map.entry("g=c", 1.0),
                        Map.entry("ns(age,2)1", 0.0),
                        Map.entry("ns(age,2)2", 0.0));
        CovariateProfile zero =
                CovariateProfile.empty().with("g", "b").with("age", 10).with("s", "f");
        assertThat(fit.baseline().survival(3)).isEqualTo(fit.predict(zero).law().survival(3));
    }

    @Test
    void aLeftOutColumnHasNoContrast() {
        List<String> same = new ArrayList<>(List.of("u", "v", "u", "v", "v", "u", "v", "v", "u", "v"));
        SurvivalData data = SurvivalData.builder(TIME, STATUS)
                .covariate("age", AGE)
                .covariate("h", Categories.of(same))
                .covariate("k", Categories.of(same))
                .build();
        AftFit fit = AftModel.of(AftDistribution.WEIBULL)
                .withCovariates("h*k", "age")
                .fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
        assertThat(fit.statusReason())
                .isEqualTo("left out as constant or a combination of the covariates before: k=v, h=v:k=v");
        Coefficient out = fit.contrast("both", Map.of("h=v", 1.0, "k=v", 1.0));
        assertThat(out.value().isEstimable()).isFalse();
        assertThat(out.value().reason())
                .isEqualTo("k=v was left out: it is constant or a combination of the covariates before it");
        assertThat(fit.contrast("one", Map.of("h=v", 1.0, "k=v", 0.0)).value())
                .isEqualTo(fit.coefficient("h=v").value());
        CovariateProfile u =
                CovariateProfile.empty().with("age", 3).with("h", "u").with("k", "u");
        assertThat(fit.contrast(u.with("h", "v").with("k", "v"), u).value().estimate())
                .isEqualTo(fit.coefficient("h=v").value().estimate());
    }

    /** Both products are written a:b:c. */
    @Test
    void twoCoefficientsOfOneNameAreRefused() {
        double[] time = {3, 5, 8, 9, 12, 15, 17, 20};
        int[] status = {1, 1, 0, 1, 1, 1, 0, 1};
        SurvivalData data = SurvivalData.builder(time, status)
                .covariate("a", new double[] {1, 2, 3, 4, 5, 6, 7, 9})
                .covariate("a:b", new double[] {2, 1, 4, 3, 6, 5, 8, 7})
                .covariate("b:c", new double[] {1, 1, 2, 2, 3, 3, 4, 5})
                .covariate("c", new double[] {5, 3, 8, 1, 2, 9, 4, 4})
                .build();
        ParametricModel model = ParametricModel.of(ParametricFamily.WEIBULL);
        assertThatThrownBy(() -> model.withCovariates("`a:b`:c", "a:`b:c`").fit(data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("two coefficients would be called 'a:b:c'");
        assertThatThrownBy(() -> AftModel.of(AftDistribution.WEIBULL)
                        .withCovariates("`a:b`:c", "a:`b:c`")
                        .fit(data))
                .isInstanceOf(InvalidArgumentException.class);
        assertThat(model.withCovariates("`a:b`:c")
                        .fit(data)
                        .coefficient("a:b:c")
                        .name())
                .isEqualTo("a:b:c");
    }
}
