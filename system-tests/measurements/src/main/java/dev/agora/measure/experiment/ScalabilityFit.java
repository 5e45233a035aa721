package dev.agora.measure.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The law that fits measured throughputs best: the least squares of the relative errors
 * of the time for an operation, which is linear in the parameters. No parameter is
 * negative.
 */
public final class ScalabilityFit {

	/** A law says nothing about more than twice as many instances as were measured. */
	private static final int REACH = 2;

	private static final int RESAMPLES = 2_000;

	private static final long SEED = 1;

	/** The parameters that may differ from zero, the one with the rate first. */
	private static final List<int[]> CHOICES = List.of(new int[] { 0, 1, 2 }, new int[] { 0, 1 }, new int[] { 0, 2 },
			new int[] { 0 });

	private final ScalabilityLaw law;

	private final List<ScalabilityLaw> resampled = new ArrayList<>();

	private final int highest;

	/**
	 * Fits the law.
	 * @param samples throughputs, of one instance and of others
	 */
	public ScalabilityFit(List<Sample> samples) {
		this.law = fit(samples);
		this.highest = samples.stream().mapToInt(Sample::instances).max().orElseThrow();
		Map<Integer, List<Sample>> groups = samples.stream()
			.collect(Collectors.groupingBy(Sample::instances, TreeMap::new, Collectors.toList()));
		SplittableRandom random = new SplittableRandom(SEED);
		for (int number = 0; number < RESAMPLES; number++) {
			List<Sample> drawn = new ArrayList<>();
			groups.values()
				.forEach((group) -> group.forEach((each) -> drawn.add(group.get(random.nextInt(group.size())))));
			this.resampled.add(fit(drawn));
		}
	}

	/** Returns the law. */
	public ScalabilityLaw law() {
		return this.law;
	}

	/**
	 * Returns the efficiency of a number of instances with its interval as text.
	 * @throws IllegalArgumentException for more than twice as many as were measured
	 */
	public String efficiency(int instances) {
		if (instances > REACH * this.highest) {
			throw new IllegalArgumentException("At most " + this.highest + " instances were measured.");
		}
		return text((each) -> each.efficiency(instances));
	}

	/**
	 * Returns a figure of the law with its 95 percent interval by the bootstrap (Efron
	 * and Tibshirani, An Introduction to the Bootstrap, 1993), which draws again from the
	 * samples of each number of instances.
	 */
	public String text(ToDoubleFunction<ScalabilityLaw> figure) {
		double[] sorted = this.resampled.stream().mapToDouble(figure).sorted().toArray();
		return "%.3f (%.3f–%.3f)".formatted(figure.applyAsDouble(this.law), sorted[RESAMPLES / 40],
				sorted[RESAMPLES - RESAMPLES / 40 - 1]);
	}

	private static ScalabilityLaw fit(List<Sample> samples) {
		return CHOICES.stream()
			.map((choice) -> solve(samples, choice))
			.filter((solution) -> solution[0] > 0 && solution[1] >= 0 && solution[2] >= 0)
			.min(Comparator.comparingDouble((solution) -> error(samples, solution)))
			.map((solution) -> new ScalabilityLaw(1 / solution[0], solution[1] / solution[0],
					solution[2] / solution[0]))
			.orElseThrow(() -> new IllegalArgumentException("No throughput was measured."));
	}

	/**
	 * Returns the factors of {@link Sample#terms()}; those outside the choice are zero.
	 */
	private static double[] solve(List<Sample> samples, int[] choice) {
		int size = choice.length;
		double[][] equations = new double[size][size + 1];
		for (Sample sample : samples) {
			double[] terms = sample.terms();
			for (int row = 0; row < size; row++) {
				for (int column = 0; column < size; column++) {
					equations[row][column] += terms[choice[row]] * terms[choice[column]];
				}
				equations[row][size] += terms[choice[row]];
			}
		}
		double[] solution = new double[3];
		for (int row = 0; row < size; row++) {
			eliminate(equations, row);
		}
		for (int row = 0; row < size; row++) {
			solution[choice[row]] = equations[row][size] / equations[row][row];
		}
		return solution;
	}

	/** The matrix of least squares is positive definite, so no pivot has to be sought. */
	private static void eliminate(double[][] equations, int pivot) {
		for (int row = 0; row < equations.length; row++) {
			double factor = (row != pivot) ? equations[row][pivot] / equations[pivot][pivot] : 0;
			for (int column = pivot; column <= equations.length; column++) {
				equations[row][column] -= factor * equations[pivot][column];
			}
		}
	}

	private static double error(List<Sample> samples, double[] solution) {
		double error = 0;
		for (Sample sample : samples) {
			double[] terms = sample.terms();
			double relative = 1 - solution[0] * terms[0] - solution[1] * terms[1] - solution[2] * terms[2];
			error += relative * relative;
		}
		return error;
	}

	/**
	 * A measured throughput.
	 *
	 * @param instances the number of instances, at least 1
	 * @param throughput their operations a second, positive
	 */
	public record Sample(int instances, double throughput) {

		/**
		 * N ÷ X = 1/λ + σ/λ (N − 1) + κ/λ N(N − 1), multiplied by X ÷ N, so that the
		 * errors are relative.
		 */
		double[] terms() {
			double each = this.throughput / this.instances;
			return new double[] { each, each * (this.instances - 1), each * this.instances * (this.instances - 1) };
		}

	}

}
