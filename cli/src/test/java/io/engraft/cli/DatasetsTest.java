package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Run.Json;
import org.junit.jupiter.api.Test;

class DatasetsTest {

    @Test
    void listsSourceAndLicence() {
        Run run = Run.of("datasets");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("@bmtcrr", "177 rows", "Scrucca L", "Licence: MIT, copyright (c) 2017 Sahir Bhatnagar")
                .contains("@histories", "SYNTHETIC", "Licence: Apache-2.0");
    }

    @Test
    void listsThemForPrograms() {
        Json json = Run.of("datasets", "--format", "json").json();

        assertThat(json.keys("datasets/0")).containsExactly("name", "title", "rows", "columns", "source", "licence");
        assertThat(json.text("datasets/0/name")).isEqualTo("bmtcrr");
        assertThat(Run.of("datasets", "--format", "csv").out()).startsWith("name,title,rows,source,licence\nbmtcrr,");
    }
}
