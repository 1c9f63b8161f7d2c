package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.history.SyntheticHistories;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetsTest {

    private static String text(Dataset dataset) throws IOException {
        try (InputStream in = dataset.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void descriptionsFitTheFiles() throws IOException {
        for (Dataset dataset : Datasets.all()) {
            List<String> lines = text(dataset).lines().toList();
            assertThat(lines).as(dataset.name()).hasSize(dataset.rows() + 1);
            assertThat(lines.get(0).split(","))
                    .containsExactly(dataset.columns().stream()
                            .map(Dataset.Variable::name)
                            .toArray(String[]::new));
            assertThat(dataset.source()).isNotBlank();
            assertThat(dataset.licence()).isNotBlank();
            assertThat(dataset.title()).isNotBlank();
            assertThat(dataset.columns())
                    .allMatch(c -> !c.meaning().isBlank() && !c.unit().isBlank());
        }
    }

    @Test
    void dataSetsAreFoundByName() {
        assertThat(Datasets.find("bmtcrr")).isSameAs(Datasets.bmtcrr());
        assertThat(Datasets.find("@histories")).isSameAs(Datasets.histories());
        assertThatThrownBy(() -> Datasets.find("@aml"))
                .hasMessage("data set is aml; allowed: one of [bmtcrr, histories]");
        Dataset none = new Dataset("none", "", 0, List.of(), "", "");
        assertThatThrownBy(none::open).hasMessage("no data set 'none' is embedded");
    }

    @Test
    void theSyntheticHistoriesAreWhatTheirGeneratorMakes() throws IOException {
        assertThat(text(Datasets.histories())).isEqualTo(SyntheticHistories.csv());
        assertThat(Datasets.histories().title()).startsWith("SYNTHETIC");
    }

    @Test
    void theNoticeOfBmtcrrIsEmbedded() throws IOException {
        try (InputStream in = Datasets.class.getResourceAsStream("bmtcrr.NOTICE.txt")) {
            assertThat(in).isNotNull();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Copyright (c) 2017 Sahir Bhatnagar")
                    .contains("Permission is hereby granted");
        }
    }
}
