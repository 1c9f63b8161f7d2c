package io.engraft.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransplantHistoryTest {

    private static final LocalDate DAY_0 = LocalDate.of(2020, 2, 1);

    @Test
    void tellsWhatHappened() {
        TransplantHistory history = Histories.of(
                "P7", "engraftment=15 agvhd_2=20 agvhd_3=25 cgvhd_mild=150 cgvhd_severe=200 relapse=300 death=400");
        assertThat(history.id()).isEqualTo("P7");
        assertThat(history.day(TransplantEvent.ENGRAFTMENT)).hasValue(15);
        assertThat(history.day(TransplantEvent.GRAFT_FAILURE)).isEmpty();
        assertThat(history.acuteGvhd(1)).hasValue(20);
        assertThat(history.acuteGvhd(2)).hasValue(20);
        assertThat(history.acuteGvhd(3)).hasValue(25);
        assertThat(history.acuteGvhd(4)).isEmpty();
        assertThat(history.chronicGvhd()).hasValue(150);
        assertThat(history.moderateChronicGvhd()).hasValue(200);
        assertThat(history.hasChronicGvhdOfUnknownSeverity()).isFalse();
        assertThat(history.firstRelapse()).hasValue(300);
        assertThat(history.end()).isEqualTo(400);
        assertThatThrownBy(() -> history.acuteGvhd(0)).hasMessageContaining("grade is 0");
        assertThatThrownBy(() -> history.acuteGvhd(5)).hasMessageContaining("grade is 5; allowed: 1 to 4");
    }

    @Test
    void aRelapseOnlyAfterTheSecondTransplantIsTheFirst() {
        TransplantHistory history =
                Histories.of("second_transplant=60 relapse_after_second_transplant=200 last_contact=500");
        assertThat(history.firstRelapse()).hasValue(200);
        assertThat(history.end()).isEqualTo(500);
        assertThat(Histories.of("cgvhd=100 last_contact=500").hasChronicGvhdOfUnknownSeverity())
                .isTrue();
    }

    @Test
    void datesCountDaysFromTheFirstTransplantAcrossLeapDays() {
        TransplantHistory history = TransplantHistory.builder("P1", DAY_0)
                .on(TransplantEvent.ENGRAFTMENT, LocalDate.of(2020, 2, 20))
                .on(TransplantEvent.RELAPSE, LocalDate.of(2020, 3, 1))
                .on(TransplantEvent.LAST_CONTACT, 400)
                .build();
        assertThat(history.day(TransplantEvent.ENGRAFTMENT)).hasValue(19);
        assertThat(history.day(TransplantEvent.RELAPSE)).hasValue(29);
        assertThat(history.end()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "death=-3|column 'death', value '-3': patient P1: death is before the first transplant; allowed: day 0 or",
                "death=NaN|column 'death', value 'NaN': patient P1: not a time; allowed: a finite number",
                "last_contact=Infinity|value 'Infinity': patient P1: not a time",
                "relapse=10|column 'last_contact': patient P1: neither death nor last contact is known",
                "relapse=200 death=100|column 'relapse', value '200': patient P1: relapse is after death, day 100; allowed",
                "relapse=200.5 last_contact=100|value '200.5': patient P1: relapse is after last_contact, day 100",
                "death=100 last_contact=90|column 'last_contact', value '90': patient P1: last_contact is before death",
                "death=100 last_contact=110|column 'last_contact', value '110': patient P1: last_contact is after death",
                "second_transplant=0 death=9|the second transplant is on the day of the first; allowed: a later day",
                "agvhd_2=30 agvhd_3=20 death=99|column 'agvhd_3', value '20': patient P1: agvhd_3 is before a lower grade,"
                        + " agvhd_2 day 30",
                "agvhd_1=30 agvhd_2=20 agvhd_4=25 death=99|agvhd_4 is before a lower grade, agvhd_1 day 30",
                "cgvhd_moderate=200 cgvhd_severe=190 death=300|cgvhd_severe is before a lower severity or the onset,"
                        + " cgvhd_moderate day 200",
                "cgvhd=200 cgvhd_mild=190 death=300|cgvhd_mild is before a lower severity or the onset, cgvhd day 200",
                "cgvhd_systemic_therapy=200 death=300|systemic therapy for chronic GVHD is without an onset",
                "cgvhd_mild=210 cgvhd_systemic_therapy=200 death=300|systemic therapy for chronic GVHD is before an onset",
                "relapse_after_second_transplant=200 death=300|there is no second transplant; allowed: only after one",
                "second_transplant=250 relapse_after_second_transplant=200 death=300|is before the second transplant, day"
                        + " 250",
                "relapse=260 second_transplant=150 relapse_after_second_transplant=200 death=300|is before the first"
                        + " relapse, day 260",
                "graft_failure=30 engraftment=40 death=300|engraftment is after graft failure, day 30, with no second",
                "graft_failure=30 engraftment=40 second_transplant=60 death=300|with no second transplant between"
            })
    void refusesWhatCannotBe(String events, String message) {
        assertThatThrownBy(() -> Histories.of(events))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "relapse=100 death=100",
        "death=0",
        "last_contact=0",
        "death=100 last_contact=100",
        "agvhd_1=20 agvhd_2=20 agvhd_4=20 death=20",
        "cgvhd=100 cgvhd_mild=100 cgvhd_systemic_therapy=100 last_contact=100",
        "second_transplant=50 relapse_after_second_transplant=50 death=60",
        "graft_failure=30 second_transplant=35 engraftment=60 last_contact=90",
        "engraftment=20 graft_failure=20 last_contact=90"
    })
    void acceptsWhatCanJustBe(String events) {
        assertThat(Histories.of(events).end()).isNotNegative();
    }

    @Test
    void everyContradictionIsListed() {
        assertThatThrownBy(() -> Histories.of("relapse=200 graft_failure=150 cgvhd_systemic_therapy=50 death=100"))
                .hasMessageContaining("graft_failure is after death")
                .hasMessageContaining("relapse is after death")
                .hasMessageContaining("without an onset");
    }

    @Test
    void datesAreShownAsTheyWereGiven() {
        assertThatThrownBy(() -> TransplantHistory.builder("P1", DAY_0)
                        .on(TransplantEvent.DEATH, LocalDate.of(2020, 1, 5))
                        .build())
                .hasMessage("column 'death', value '2020-01-05': patient P1: death is before the first transplant;"
                        + " allowed: day 0 or later");
        assertThatThrownBy(() -> TransplantHistory.builder("P1", DAY_0)
                        .on(TransplantEvent.DEATH, LocalDate.of(2020, 5, 5))
                        .on(TransplantEvent.RELAPSE, LocalDate.of(2020, 6, 5))
                        .build())
                .hasMessageContaining("value '2020-06-05': patient P1: relapse is after death, 2020-05-05");
    }

    @Test
    void theBuilderRefusesMisuse() {
        TransplantHistory.Builder builder = TransplantHistory.builder("P1").on(TransplantEvent.RELAPSE, 10);
        assertThatThrownBy(() -> builder.on(TransplantEvent.RELAPSE, 20))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("relapse of patient P1 is 20; allowed: once, and it was 10");
        assertThatThrownBy(() -> builder.on(TransplantEvent.DEATH, DAY_0))
                .hasMessageContaining("begun without the first transplant's date");
        assertThatThrownBy(() -> TransplantHistory.builder(" ")).hasMessageContaining("patient id is ' '");
        assertThatThrownBy(() -> TransplantEvent.ofColumn("gvhd")).hasMessageContaining("event is gvhd");
    }
}
