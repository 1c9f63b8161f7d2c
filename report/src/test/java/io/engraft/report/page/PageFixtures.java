package io.engraft.report.page;

import io.engraft.charts.CumulativeIncidenceFigure;
import io.engraft.charts.SurvivalFigure;
import io.engraft.data.Datasets;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Figures of the embedded data, and pages read back. */
final class PageFixtures {

    private PageFixtures() {}

    private static SurvivalData rows() {
        ColumnRoles roles = ColumnRoles.of("months", "status").withGroup("phase");
        return CsvData.read(CsvSource.of(Datasets.bmtcrr()), roles);
    }

    static SurvivalFigure survival() {
        Map<String, SurvivalEstimate> all =
                KaplanMeier.withDefaults().fit(rows()).asMap();
        Map<String, SurvivalEstimate> three = new LinkedHashMap<>();
        List.copyOf(all.keySet()).subList(0, 3).forEach(name -> three.put(name, all.get(name)));
        return SurvivalFigure.of(three);
    }

    static CumulativeIncidenceFigure incidence() {
        IncidenceEstimate fit =
                AalenJohansen.withDefaults().fit(CsvData.bmtcrr()).get("ALL");
        return CumulativeIncidenceFigure.of(fit.incidence("relapse"), fit.incidence("competing event"));
    }

    static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed", e);
        }
    }
}
