package io.engraft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.KaplanMeier;
import io.engraft.inference.FixedTimeTest;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.TestResult;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.AftModel;
import io.engraft.report.curves.SurvivalDocument;
import io.engraft.report.data.TableDocument;
import io.engraft.report.models.AftDocument;
import io.engraft.report.page.HtmlReport;
import io.engraft.report.page.HtmlSection;
import io.engraft.report.page.HtmlTable;
import io.engraft.report.tests.TestDocument;
import io.engraft.report.tests.TestMethod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A document says what its result is, and cannot be told another thing. */
class OwnWordsTest {

    private static final SurvivalData ROWS = SurvivalData.builder(
                    new double[] {1, 2, 3, 4, 5, 6}, new int[] {1, 2, 1, 2, 0, 1})
            .group(Categories.of(List.of("a", "b", "a", "b", "a", "b")))
            .build();

    @Test
    void aModelSaysItsLevelAndItsCause() {
        AftFit fit = AftModel.of(AftDistribution.EXPONENTIAL)
                .withLevel(0.5)
                .withCause(2)
                .fit(ROWS);
        assertThat(fit.level()).isEqualTo(0.5);
        assertThat(fit.cause()).contains("2");
        AftDocument document = AftDocument.of(fit, ROWS);
        assertThat(document.conventions().level()).hasValue(0.5);
        assertThat(document.conventions().events()).contains("cause-specific: code 2");
        assertThat(document.warnings()).anyMatch(w -> w.contains("only code 2 is an event"));
        AftFit all = AftModel.of(AftDistribution.EXPONENTIAL).fit(ROWS);
        assertThat(AftDocument.of(all, ROWS).conventions().events()).contains("every code of 1 or more; 0 is censored");
    }

    @Test
    void aTestSaysItsCause() {
        TestResult gray = GrayTest.forCause(2).test(ROWS);
        TestDocument document = TestDocument.of(TestMethod.GRAY, gray, ROWS);
        assertThat(document.conventions().events()).contains("code 2, other codes compete; 0 is censored");
        TestResult fixed = FixedTimeTest.forTime(3).withCause(1).test(ROWS);
        assertThat(TestDocument.of(TestMethod.FIXED_TIME, fixed, ROWS)
                        .conventions()
                        .events())
                .contains("code 1, other codes compete; 0 is censored");
        assertThatThrownBy(() -> document.withCause(1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("that of the result, which is 2");
    }

    @Test
    void anotherTestOrCauseIsRefused() {
        TestResult logRank = LogRankTest.withDefaults().test(ROWS);
        assertThatThrownBy(() -> TestDocument.of(TestMethod.GRAY, logRank, ROWS))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("which is logrank");
        TestDocument document = TestDocument.of(TestMethod.LOG_RANK, logRank, ROWS);
        assertThatThrownBy(() -> document.withCause(9))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("1 or 2");
        SurvivalDocument curves =
                SurvivalDocument.of(KaplanMeier.withDefaults().fit(ROWS).asMap(), ROWS);
        assertThatThrownBy(() -> curves.withCause(0)).isInstanceOf(InvalidArgumentException.class);
        assertThat(curves.toText()).contains("times in ", "in groups").doesNotContain("status status");
    }

    @Test
    void aDroppedChangeIsAMistake() {
        Stream<Class<?>> types = Stream.concat(
                Fixtures.all().values().stream().map(Object::getClass),
                Stream.of(
                        HtmlReport.class,
                        HtmlSection.class,
                        HtmlTable.class,
                        TableDocument.class,
                        Conventions.class,
                        DataColumns.class));
        assertThat(types.distinct())
                .hasSizeGreaterThan(12)
                .allMatch(t -> t.isAnnotationPresent(CheckReturnValue.class));
    }
}
