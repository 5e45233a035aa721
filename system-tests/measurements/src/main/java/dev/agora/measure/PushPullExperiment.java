package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

/** Shows that authors with few readers are better pushed, and others better pulled. */
final class PushPullExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("push-pull",
			"The more authors are pushed, the more CPU time a post costs and the less a page of the home feed.",
			"Posts that are not dearer by a tenth with all authors pushed than with none, or pages that are not cheaper "
					+ "by a tenth.",
			"all authors are pushed at each share", new Claim.Effort("eight minutes", "three minutes", "nothing"));

	private static final double DEARER = 1.1;

	private static final double CHEAPER = 0.9;

	private static final int AUTHORS = 8;

	private static final int READERS = 80;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of("--optimize");
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		PushPullMembers members = new PushPullMembers(run.system().gatewayUrl(), AUTHORS, READERS);
		PushPullPasses passes = new PushPullPasses(run.system(), members, run.quick() ? 5 : 20, run.quick() ? 5 : 20);
		return findings(passes.measure(run.quick() ? AUTHORS / 2 : 2, run.planted()));
	}

	private static Findings findings(List<PushPullCost> costs) {
		PushPullCost pulled = costs.get(0);
		PushPullCost pushed = costs.get(costs.size() - 1);
		double post = pushed.post() / pulled.post();
		double page = pushed.page() / pulled.page();
		List<Check> checks = List.of(
				new Check("a post costs %.2f times as much with all authors pushed as with none, at least %.1f"
					.formatted(post, DEARER), post >= DEARER),
				new Check("a page costs %.2f times as much, at most %.1f. %s".formatted(page, CHEAPER,
						pulled.crossover(pushed)), page <= CHEAPER));
		return new Findings(checks, List.of(PushPullPasses.table(costs)), List
			.of(chart("Cost of a post", costs, PushPullCost::post), chart("Cost of a page", costs, PushPullCost::page)),
				costs);
	}

	private static String chart(String caption, List<PushPullCost> costs, ToDoubleFunction<PushPullCost> cost) {
		List<Chart.Point> points = costs.stream()
			.map((each) -> new Chart.Point(each.share() * 100, cost.applyAsDouble(each)))
			.toList();
		return new Chart(caption, "authors that are pushed, %", "CPU ms", List.of(new Chart.Line("measured", points)))
			.svg();
	}

}
