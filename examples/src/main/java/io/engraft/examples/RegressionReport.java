package io.engraft.examples;

import io.engraft.charts.SurvivalFigure;
import io.engraft.data.Datasets;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.AftModel;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.FittedSurvival;
import io.engraft.regression.Terms;
import io.engraft.report.Format;
import io.engraft.report.models.AftDocument;
import io.engraft.report.page.HtmlReport;
import io.engraft.report.page.HtmlSection;
import io.engraft.report.page.HtmlTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model with a spline, a factor with its reference and an interaction; a page with its table and two predictions. */
public final class RegressionReport {

    private RegressionReport() {}

    public static void main(String[] args) {
        ColumnRoles roles = ColumnRoles.of("months", "status")
                .withCovariates(List.of("age", "phase", "disease"))
                .withUnit(DurationUnit.MONTHS);
        SurvivalData patients = CsvData.read(CsvSource.of(Datasets.bmtcrr()), roles);
        Terms terms = Terms.of("ns(age,2)*disease", "phase").withReference("phase", "CR1");
        AftFit fit =
                AftModel.of(AftDistribution.LOG_NORMAL).withCovariates(terms).fit(patients);
        System.out.println(fit);
        fit.terms().forEach(System.out::println);

        CovariateProfile remission =
                CovariateProfile.empty().with("age", 8).with("disease", "AML").with("phase", "CR1");
        CovariateProfile relapse = remission.with("phase", "Relapse");
        FittedSurvival first = fit.predict(remission);
        System.out.println("aged 8, AML, CR1, without event at 12 months: " + first.survivalAt(12));
        System.out.println("log ratio of times: " + fit.contrast(relapse, remission));

        AftDocument.of(fit, patients).write(Format.JSON, Path.of("model.json"));
        SurvivalFigure figure = SurvivalFigure.of(Map.of("in first remission", first))
                .withCurve("in relapse", fit.predict(relapse))
                .withXLimits(0, 60);
        HtmlReport.titled("Time to relapse or death")
                .section(HtmlSection.of("Model")
                        .table(HtmlTable.of(fit.tidy(), "Coefficients"))
                        .figure(figure, "prediction")
                        .paragraph("Of groups: no individual prognosis and no advice."))
                .save(Path.of("model.html"));
    }
}
