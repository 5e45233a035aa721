package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows that authors with few readers are better pushed, and others better pulled. */
final class PushPullExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("push-pull",
			"The more authors are pushed, the more CPU time a post costs and the less a page of the home feed.",
			"Posts that are not dearer by a tenth with all authors pushed than with none, or pages that are not cheaper "
					+ "by a tenth.",
			"all authors are pushed at each share", new Claim.Effort("ten minutes", "four minutes", "nothing"));

	private static final double DEARER = 1.1;

	private static final double CHEAPER = 0.9;

	private static final int AUTHORS = 8;

	private static final int READERS = 80;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public String reading() {
		return "The first chart has the CPU time of a post over the followers of its author: it rises if each follower's "
				+ "timeline is written (push), and stays flat if the readers fetch the post (pull). The second one has "
				+ "the CPU time of a page while more and more of the authors are pushed: pushing pays there. The crossover "
				+ "is where both are equal; beyond so many pages a post, to push an author is cheaper. The table has the "
				+ "delay of a small author's posts while one with many followers posts.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		PushPullMembers members = new PushPullMembers(run.system().gatewayUrl(), AUTHORS, READERS);
		PushPullPasses passes = new PushPullPasses(run.system(), members, run.quick() ? 5 : 20, run.quick() ? 5 : 20);
		SmallAuthor small = new SmallAuthor(run);
		OwnInstances instances = new OwnInstances(run.system(), FeedInstance.SERVICE);
		List<PushPullCost> costs = passes.measure(run.quick() ? AUTHORS : 2, run.planted());
		try (StoppedService stopped = new StoppedService(run.system(), FeedInstance.SERVICE)) {
			System.out.println("Stopped for the time of the measurement: " + stopped.instances());
			return findings(members, costs, small.measure(instances));
		}
	}

	private static Findings findings(PushPullMembers members, List<PushPullCost> costs,
			List<SmallAuthor.Delays> delays) {
		PushPullCost pulled = costs.get(0);
		PushPullCost pushed = costs.get(costs.size() - 1);
		double post = pushed.post() / pulled.post();
		double page = pushed.page() / pulled.page();
		List<Check> checks = List.of(
				new Check("a post costs %.2f times as much with all authors pushed as with none, at least %.1f"
					.formatted(post, DEARER), post >= DEARER),
				new Check("a page costs %.2f times as much, at most %.1f. %s".formatted(page, CHEAPER,
						pulled.crossover(pushed)), page <= CHEAPER));
		Table delayTable = new Table(
				List.of("posts of a small author", "followers of the large author", "p99 ms alone",
						"p99 ms while the large author posts"),
				delays.stream().map(SmallAuthor.Delays::cells).toList());
		return new Findings(checks, List.of(PushPullPasses.table(costs), delayTable),
				List.of(postChart(members, pulled, pushed), pageChart(costs)),
				Map.of("costs", costs, "smallAuthor", delays));
	}

	private static String postChart(PushPullMembers members, PushPullCost pulled, PushPullCost pushed) {
		List<Integer> authors = IntStream.range(0, members.authors()).boxed().toList();
		return new Chart("Cost of a post over the followers of its author", "followers", "CPU ms",
				List.of(Chart.Line.of("pushed", authors, members::followersOf, pushed.posts()::get),
						Chart.Line.of("pulled", authors, members::followersOf, pulled.posts()::get)))
			.svg();
	}

	private static String pageChart(List<PushPullCost> costs) {
		return new Chart("Cost of a page", "authors that are pushed, %", "CPU ms",
				List.of(Chart.Line.of("measured", costs, (cost) -> cost.share() * 100, PushPullCost::page)))
			.svg();
	}

}
