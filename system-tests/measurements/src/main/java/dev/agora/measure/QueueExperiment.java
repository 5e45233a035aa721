package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/**
 * Shows that slow work in a queue delays neither its owner's response nor other members.
 */
final class QueueExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("queue",
			"An import is accepted at once however long its work takes, three workers do at least 2.4 times the jobs of "
					+ "one, and the requests of other members stay fast meanwhile.",
			"A response that takes more than a tenth of the work, three workers that do less than 2.4 times the jobs of "
					+ "one, or a 99th percentile of other members' reads above 50 ms and three times that without jobs.",
			"a worker holds its queue: one job runs at a time in the cluster, and all jobs are of one owner",
			new Claim.Effort("ten minutes", "four minutes", "root for the CPU quotas of the workers"));

	private static final double MAX_ANSWER = 0.1;

	private static final double GOAL = 2.4;

	private static final double SLOWER = 3;

	private static final double FAST_MILLIS = 50;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public String reading() {
		return "The first chart has the time until the response of an import over its rows: with the queue it is the "
				+ "upload alone; the line for work within the request is computed as the upload and the work, which "
				+ "grows with the rows. "
				+ "The second one has the jobs a minute over the workers, each with the same small CPU quota; a straight "
				+ "line through the first point would be perfect. The third one has the latency of reads by other "
				+ "members, of requests that arrive on a schedule; it should not rise with the workers.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		Quota.require();
		// A stopped process has no environment that could be copied.
		OwnInstances instances = new OwnInstances(run.system(), QueueSystem.SERVICE);
		try (Children children = run.children();
				StoppedService stopped = new StoppedService(run.system(), QueueSystem.SERVICE)) {
			System.out.println("Stopped for the time of the measurement: " + stopped.instances());
			try (QueueSystem system = new QueueSystem(children, run, instances)) {
				QueueLoad load = new QueueLoad(system.gateway(), run.planted() ? 1 : QueueLoad.OWNERS,
						run.quick() ? 100 : 300);
				List<QueueLoad.Answer> answers = answers(load, run);
				return findings(answers, steps(system, load, run));
			}
		}
	}

	private static List<QueueLoad.Answer> answers(QueueLoad load, Run run) throws IOException, InterruptedException {
		load.importNew(run.scaled(1_000));
		List<QueueLoad.Answer> answers = new ArrayList<>();
		for (int rows : run.quick() ? List.of(250, 500, 1_000) : List.of(500, 1_000, 2_000, 5_000, 10_000)) {
			answers.add(load.importNew(rows));
		}
		return answers;
	}

	/** The workers are three, two, one, one, two and three, so that a drift hits all. */
	private static List<Step> steps(QueueSystem system, QueueLoad load, Run run)
			throws IOException, InterruptedException {
		int jobs = run.quick() ? 24 : 90;
		for (int warmUp = 0; warmUp < (run.quick() ? 5 : 8); warmUp++) {
			load.runJobs(jobs);
		}
		OtherMembers others = new OtherMembers(system.gateway(), run.quick() ? 4 : 15);
		system.limitWorkers();
		SteadyRate.await("jobs a minute", run.quick() ? 4 : 12, () -> load.runJobs(jobs / 2));
		Step alone = new Step(0, 0, others.millisWhile(() -> {
		}));
		List<Step> measured = new ArrayList<>();
		for (int workers : List.of(3, 2, 1, 1, 2, 3)) {
			system.use(workers);
			double[] perMinute = { 0 };
			double millis = others.millisWhile(() -> perMinute[0] = load.runJobs(jobs));
			measured.add(new Step(workers, perMinute[0], millis));
			System.out.printf("%d workers: %.0f jobs a minute, p99 of reads %.1f ms%n", workers, perMinute[0], millis);
		}
		return Stream
			.concat(Stream.of(alone),
					IntStream.rangeClosed(1, QueueSystem.WORKERS)
						.mapToObj((workers) -> Step
							.average(measured.stream().filter((step) -> step.workers() == workers).toList())))
			.toList();
	}

	private static Findings findings(List<QueueLoad.Answer> answers, List<Step> steps) {
		QueueLoad.Answer largest = answers.get(answers.size() - 1);
		double share = largest.response() / (largest.response() + largest.work());
		double gain = steps.get(QueueSystem.WORKERS).perMinute() / steps.get(1).perMinute();
		double alone = steps.get(0).millis();
		double slowest = steps.subList(1, steps.size()).stream().mapToDouble(Step::millis).max().orElseThrow();
		double limit = Math.max(FAST_MILLIS, SLOWER * alone);
		List<Check> checks = List.of(
				new Check("the response to %d rows took %.3f of the time with the work, at most %.1f"
					.formatted(largest.rows(), share, MAX_ANSWER), share <= MAX_ANSWER),
				new Check("three workers do %.2f times the jobs of one, at least %.1f".formatted(gain, GOAL),
						gain >= GOAL),
				new Check("p99 of other members' reads: %.1f ms while jobs run, %.1f ms without; at most %.1f ms"
					.formatted(slowest, alone, limit), slowest <= limit));
		Table responses = new Table(List.of("rows", "response s", "work s"),
				answers.stream().map(QueueLoad.Answer::cells).toList());
		Table jobs = new Table(List.of("workers", "jobs a minute", "p99 of other members' reads, ms"),
				steps.stream().map(Step::cells).toList());
		return new Findings(checks, List.of(responses, jobs), charts(answers, steps), List.of(answers, steps));
	}

	private static List<String> charts(List<QueueLoad.Answer> answers, List<Step> steps) {
		List<Step> working = steps.subList(1, steps.size());
		Chart responses = new Chart("Time until the response to an import", "rows", "s",
				List.of(Chart.Line.of("with the queue", answers, QueueLoad.Answer::rows, QueueLoad.Answer::response),
						Chart.Line.of("within the request, computed", answers, QueueLoad.Answer::rows,
								(answer) -> answer.response() + answer.work())));
		Chart jobs = new Chart("Jobs a minute", "workers", "jobs a minute",
				List.of(Chart.Line.of("measured", working, Step::workers, Step::perMinute), Chart.Line
					.of("in proportion", working, Step::workers, (step) -> steps.get(1).perMinute() * step.workers())));
		Chart latency = new Chart("Latency of other members' reads, 99th percentile", "workers", "ms",
				List.of(Chart.Line.of("measured", steps, Step::workers, Step::millis)));
		return List.of(responses.svg(), jobs.svg(), latency.svg());
	}

	/**
	 * The work of some workers.
	 *
	 * @param workers their number; 0 for the time without jobs
	 * @param perMinute the jobs a minute
	 * @param millis the 99th percentile of the latency of other members' reads
	 */
	record Step(int workers, double perMinute, double millis) {

		/** Returns the average throughput of some steps, and their worst latency. */
		static Step average(List<Step> steps) {
			return new Step(steps.get(0).workers(), steps.stream().mapToDouble(Step::perMinute).average().orElseThrow(),
					steps.stream().mapToDouble(Step::millis).max().orElseThrow());
		}

		List<String> cells() {
			return List.of(String.valueOf(this.workers), "%.0f".formatted(this.perMinute),
					"%.1f".formatted(this.millis));
		}

	}

}
