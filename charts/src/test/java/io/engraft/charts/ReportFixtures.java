package io.engraft.charts;

import org.w3c.dom.Document;

/** Lets the tests of reports use the gallery's figures. */
public final class ReportFixtures {

    private ReportFixtures() {}

    public static SurvivalFigure survival() {
        return GalleryTest.threeGroupFigure();
    }

    public static CumulativeIncidenceFigure incidence() {
        return GalleryTest.twoCauses();
    }

    public static Document parse(String xml) {
        return SvgReader.parse(xml);
    }
}
