package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.data.TidyTable;
import io.engraft.regression.CoxFit;
import io.engraft.regression.FineGrayFit;
import io.engraft.regression.PredictedIncidence;
import io.engraft.regression.PredictedSurvival;
import io.engraft.report.AnalysisResults;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cumulative baseline hazards, as the documents of Cox and Fine-Gray models write them. */
final class BaselineWriting {

    /** Of one stratum, whose name is null where there is but one baseline. */
    private record Curve(@Nullable String stratum, List<Point> points) {}

    private record Point(double time, double hazard) {}

    private final String hazard;
    private final List<Curve> curves = new ArrayList<>();

    private BaselineWriting(String hazard) {
        this.hazard = hazard;
    }

    static BaselineWriting of(CoxFit fit) {
        BaselineWriting writing = new BaselineWriting("hazard");
        for (PredictedSurvival curve : fit.baseline()) {
            double[] times = curve.jumpTimes();
            writing.add(fit.strata(), times, curve.cumulativeHazardValues(times));
        }
        return writing;
    }

    static BaselineWriting of(FineGrayFit fit) {
        BaselineWriting writing = new BaselineWriting("subdistribution hazard");
        for (PredictedIncidence curve : fit.baseline()) {
            double[] times = curve.jumpTimes();
            writing.add(fit.strata(), times, curve.cumulativeHazardValues(times));
        }
        return writing;
    }

    private void add(List<String> strata, double[] times, double[] hazards) {
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < times.length; k++) {
            points.add(new Point(times[k], hazards[k]));
        }
        curves.add(new Curve(strata.isEmpty() ? null : strata.get(curves.size()), points));
    }

    private static String name(Curve curve) {
        return curve.stratum() == null ? "all" : curve.stratum();
    }

    void write(JsonWriter json) throws IOException {
        json.array("baseline");
        for (Curve curve : curves) {
            json.object().text("stratum", name(curve)).array("points");
            for (Point point : curve.points()) {
                json.object()
                        .number("time", point.time())
                        .number("cumulativeHazard", point.hazard())
                        .endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    void rows(TidyTable.Builder table) {
        for (Curve curve : curves) {
            for (Point point : curve.points()) {
                ModelWriting.row(table, "baseline cumulative " + hazard, name(curve), point.time(), point.hazard());
            }
        }
    }

    /** Results by stratum, which is a level of this column. */
    void results(AnalysisResults results, String strata) {
        String name = "baseline_cumulative_" + hazard.replace(' ', '_');
        for (Curve curve : curves) {
            results.group(strata, curve.stratum());
            for (Point point : curve.points()) {
                results.variable("time", point.time()).stat(name, point.hazard());
            }
        }
    }

    void text(TextWriter target) throws IOException {
        for (Curve curve : curves) {
            target.append("\nCumulative baseline ")
                    .append(hazard)
                    .append(", of all columns 0")
                    .append(curve.stratum() == null ? "" : ", stratum " + curve.stratum())
                    .append('\n');
            TextTable table = new TextTable(0, "time", "cumulative hazard");
            for (Point point : curve.points()) {
                table.row(Cells.time(point.time()), short4(point.hazard()));
            }
            target.table(table, "  ");
        }
    }
}
