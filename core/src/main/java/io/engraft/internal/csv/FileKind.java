package io.engraft.internal.csv;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Files that are no text, known by their first bytes, and what makes a text file of them. */
enum FileKind {
    XLSX("504B0304", "an Excel workbook (.xlsx)", Mend.EXCEL),
    ODS("504B0304", "an OpenDocument sheet (.ods)", "save it as 'Text CSV', Unicode (UTF-8)"),
    ZIP("504B0304", "a ZIP archive", "unpack it"),
    XLS("D0CF11E0A1B11AE1", "an old Excel workbook (.xls)", Mend.EXCEL),
    SPSS("24464C32", "an SPSS file (.sav)", Mend.SPSS),
    ZSAV("24464C33", "an SPSS file (.zsav)", Mend.SPSS),
    SAS(
            "000000000000000000000000C2EA8160B31411CFBD92080009C7318C181F1011",
            "a SAS data set (.sas7bdat)",
            "write it in SAS with PROC EXPORT DBMS=CSV"),
    XPT(
            hex("HEADER RECORD*******LIB"),
            "a SAS transport file (.xpt)",
            "write it with PROC EXPORT DBMS=CSV in SAS, or read.xport and write.csv in R"),
    STATA(hex("<stata_dta>"), "a Stata file (.dta)", Mend.STATA),
    STATA_12("730102", "a Stata file (.dta)", Mend.STATA),
    STATA_12_BIG("730101", "a Stata file (.dta)", Mend.STATA),
    STATA_10("720102", "a Stata file (.dta)", Mend.STATA),
    STATA_8("710102", "a Stata file (.dta)", Mend.STATA),
    RDS("580A0000", "an R object (.rds)", Mend.R),
    RDATA(hex("RDX2\n"), "an R workspace (.RData)", Mend.R),
    RDATA_3(hex("RDX3\n"), "an R workspace (.RData)", Mend.R),
    PARQUET(hex("PAR1") + "15", "a Parquet file", "write it as CSV with the program that made it"),
    ARROW(hex("ARROW1") + "00", "an Arrow file", "write it as CSV with the program that made it"),
    SQLITE(hex("SQLite format 3") + "00", "an SQLite database", "write the table as CSV with it"),
    PDF(hex("%PDF-"), "a PDF document", "save the table from the program that made it as CSV"),
    RTF(hex("{\\rtf"), "an RTF document", "save the table as plain text, UTF-8"),
    BZIP2(hex("BZh"), "compressed with bzip2", Mend.UNPACK),
    XZ("FD377A585A00", "compressed with xz", Mend.UNPACK),
    ZSTD("28B52FFD", "compressed with zstd", Mend.UNPACK),
    UTF_32("FFFE0000", "text in UTF-32", "save it as UTF-8"),
    HTML(hex("<!doctype html"), "a web page", Mend.WEB),
    HTML_BARE(hex("<html"), "a web page", Mend.WEB),
    XML(hex("<?xml"), "an XML file", "save it as 'CSV UTF-8' from the program that opens it");

    private static final int ASCII_CASE = 0x20;
    private static final int NAME_OF_ENTRY = 30;
    private static final int BZIP2_BLOCK = 4;

    /** The bytes, one a character. */
    private final String mark;

    private final String words;
    private final String mend;

    FileKind(String hex, String words, String mend) {
        this.mark = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        this.words = words;
        this.mend = mend;
    }

    /** Said of several kinds. */
    private static final class Mend {
        static final String EXCEL = "save it in Excel as 'CSV UTF-8'";
        static final String SPSS =
                "save it in SPSS as comma-separated, UTF-8, with names of variables in the first row";
        static final String STATA = "write it in Stata with export delimited";
        static final String R = "write the data frame in R with write.csv(x, \"file.csv\", row.names = FALSE)";
        static final String UNPACK = "unpack it; of compressed files those of gzip are read";
        static final String WEB = "was it a sign-in page that was saved? save the table itself as CSV";

        private Mend() {}
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The kind of file that starts with these bytes; null where it may be text. */
    static @Nullable FileKind of(byte[] first) {
        if (first.length == 0 || isPlainStart(first)) {
            return null;
        }
        for (FileKind kind : values()) {
            if (kind.starts(first)) {
                return kind == XLSX ? packed(first) : kind;
            }
        }
        return null;
    }

    /** Letters, digits and quotes that no mark starts with settle most files at once. */
    private static boolean isPlainStart(byte[] first) {
        byte b = first[0];
        return b == '"' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'p') || (b >= 't' && b <= 'z');
    }

    private boolean starts(byte[] first) {
        if (first.length < mark.length()) {
            return false;
        }
        boolean letters = this == HTML || this == HTML_BARE;
        for (int i = 0; i < mark.length(); i++) {
            int b = first[i] & 0xFF;
            boolean capital = letters && b >= 'A' && b <= 'Z';
            boolean same = (capital ? b | ASCII_CASE : b) == mark.charAt(i);
            if (!same) {
                return false;
            }
        }
        return this != BZIP2
                || (first.length > BZIP2_BLOCK + 1 && first[BZIP2_BLOCK] == '1' && first[BZIP2_BLOCK + 1] == 'A');
    }

    /** What an archive holds, by the name of its first entry. */
    private static FileKind packed(byte[] first) {
        String entry = first.length <= NAME_OF_ENTRY
                ? ""
                : new String(first, NAME_OF_ENTRY, first.length - NAME_OF_ENTRY, StandardCharsets.ISO_8859_1);
        if (entry.startsWith("mimetype") && entry.contains("opendocument.spreadsheet")) {
            return ODS;
        }
        boolean workbook = entry.startsWith("[Content_Types].xml")
                || entry.startsWith("xl/")
                || entry.startsWith("_rels/")
                || entry.startsWith("docProps/");
        return workbook ? XLSX : ZIP;
    }

    /** What the file is, and what to do. */
    String reason() {
        return "this is " + words + "; allowed: delimited text (CSV): " + mend;
    }
}
