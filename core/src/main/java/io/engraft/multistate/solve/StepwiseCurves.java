package io.engraft.multistate.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** A Markov model whose rates are constant between cuts: exact by matrix exponentials. */
final class StepwiseCurves implements ModelCurves {

    private final KernelModel model;
    private final List<Piece> pieces = new ArrayList<>();
    private double error = 1e-15;

    /** What holds from a time on, and what was reached by then. */
    private final class Piece {
        private final double from;
        private final double[][] rates;
        private final double[][] eventRates;
        private final double[] probability;
        private final double[] time;
        private final double[] entries;
        private final double[] happened;

        Piece(double from, double clock, double[] probability, double[] time, double[] entries, double[] happened) {
            this.from = from;
            this.probability = probability;
            this.time = time;
            this.entries = entries;
            this.happened = happened;
            this.rates = new double[model.states][model.states];
            this.eventRates = new double[model.states][model.events];
            for (int i = 0; i < model.states; i++) {
                for (KernelModel.Channel c : model.channels.get(i)) {
                    RateSteps steps = RateSteps.of(c.law());
                    double rate = steps == null ? 0 : c.weight() * steps.rateAfter(clock);
                    rates[i][c.to()] += rate;
                    eventRates[i][c.event()] += rate;
                }
            }
        }
    }

    StepwiseCurves(KernelModel model, double origin, double length) {
        this.model = model;
        TreeSet<Double> cuts = new TreeSet<>();
        model.channels.forEach(own -> own.forEach(c -> {
            RateSteps steps = RateSteps.of(c.law());
            double[] all = steps == null ? new double[0] : steps.cuts();
            Arrays.stream(all).forEach(cuts::add);
        }));
        int n = model.states;
        double[] start = model.start.clone();
        pieces.add(new Piece(0, origin, start, new double[n], start, new double[model.events]));
        for (double cut : cuts) {
            double from = cut - origin;
            if (from > 0 && from < length) {
                Piece last = pieces.get(pieces.size() - 1);
                MatrixExponential e = MatrixExponential.of(last.rates, from - last.from);
                double[] stay = times(last.probability, e.times());
                pieces.add(new Piece(
                        from,
                        cut,
                        times(last.probability, e.probabilities()),
                        plus(last.time, stay),
                        plus(last.entries, times(stay, last.rates)),
                        plus(last.happened, times(stay, last.eventRates))));
                error += e.error();
            }
        }
        Piece last = pieces.get(pieces.size() - 1);
        error += MatrixExponential.of(last.rates, length - last.from).error();
    }

    private static double[] times(double[] row, double[][] matrix) {
        double[] product = new double[matrix[0].length];
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; j < product.length; j++) {
                product[j] += row[i] * matrix[i][j];
            }
        }
        return product;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private Piece at(double t) {
        int k = pieces.size() - 1;
        while (k > 0 && pieces.get(k).from > t) {
            k--;
        }
        return pieces.get(k);
    }

    private static double[] stay(Piece piece, double t) {
        return times(
                piece.probability,
                MatrixExponential.of(piece.rates, t - piece.from).times());
    }

    @Override
    public double probability(int state, double t) {
        Piece piece = at(t);
        double[][] p = MatrixExponential.of(piece.rates, t - piece.from).probabilities();
        return times(piece.probability, p)[state];
    }

    @Override
    public double timeIn(int state, double t) {
        Piece piece = at(t);
        return piece.time[state] + stay(piece, t)[state];
    }

    @Override
    public double entries(int state, double t) {
        Piece piece = at(t);
        return piece.entries[state] + times(stay(piece, t), piece.rates)[state];
    }

    @Override
    public double events(int event, double t) {
        Piece piece = at(t);
        return piece.happened[event] + times(stay(piece, t), piece.eventRates)[event];
    }

    @Override
    public double error() {
        return error;
    }
}
