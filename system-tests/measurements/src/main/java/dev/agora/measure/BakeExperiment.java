package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

/** Shows that pages that are rendered ahead of time are cheap to read, and soon fresh. */
final class BakeExperiment implements Experiment {

	static final String SERVICE = "product-service";

	private static final Claim CLAIM = new Claim("bake",
			"A page that was rendered ahead of time costs at most half of the CPU time of one that is rendered for each "
					+ "request, and shows a change within five seconds.",
			"A page of a product or of a category that costs more than half, or one that is older than five seconds.",
			"baking is off: both instances render each page for each request",
			new Claim.Effort("twelve minutes", "four minutes", "nothing, and nginx for the part with a caching proxy"));

	private static final double MAX_SHARE = 0.5;

	private static final double MAX_STALE_SECONDS = 5;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public String reading() {
		return "The first two charts compare the CPU time of a page in each pair of measurements, of product-service and "
				+ "the stores together; the distance of the lines is what baking saves. The third one shows the latency "
				+ "of a category's page by percentile, of requests that arrive on a schedule at half of the rate that "
				+ "rendering per request can sustain: a line that bends upwards earlier waits earlier. Baking costs a "
				+ "rendering for each change instead of each read, and pages are older by the time in the table.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		try (Children children = run.children()) {
			OwnInstances instances = new OwnInstances(run.system(), SERVICE);
			BakedCatalogue catalogue = new BakedCatalogue(run.system());
			RunningSystem.Instance ahead = instances.start(children, settings(run.planted()));
			RunningSystem.Instance perRequest = instances.start(children, settings(true));
			catalogue.awaitPages(ahead, perRequest);
			// The instances of the system render the pages of the import.
			CpuMeter.awaitIdle(run.system().instances(SERVICE).values());
			BakePasses passes = new BakePasses(run, ahead, perRequest);
			Pairs<CpuCost> product = passes.measure(catalogue.products());
			Pairs<CpuCost> category = passes.measure(List.of(catalogue.category()));
			BakeFigures figures = new BakeFigures(product, category,
					passes.latencies(catalogue.category(), BakePasses.perSecond(category.other()) / 2),
					catalogue.measureStaleness(ahead, run.quick() ? 3 : 12),
					CachingProxy.measure(children, run, catalogue.products()));
			return new Findings(checks(figures), figures.tables(), figures.charts(), figures);
		}
	}

	/**
	 * They consume no events, so that they only serve requests; the running one bakes.
	 */
	private static Map<String, String> settings(boolean perRequest) {
		return Map.of("AGORA_PAGES_RENDERPERREQUEST", String.valueOf(perRequest), "AGORA_KAFKA_CONSUME", "false",
				"AGORA_JOBS_WORKER_ENABLED", "false");
	}

	private static List<Check> checks(BakeFigures figures) {
		List<Check> checks = new ArrayList<>();
		checks.add(share("product", figures.product()));
		checks.add(share("category", figures.category()));
		double oldest = figures.oldestSeconds();
		checks.add(new Check(
				"the oldest page showed a change after %.1f s, at most %.0f s".formatted(oldest, MAX_STALE_SECONDS),
				oldest <= MAX_STALE_SECONDS));
		return checks;
	}

	private static Check share(String page, Pairs<CpuCost> costs) {
		Ratios ratios = CpuCost.ratios(costs.one(), costs.other());
		return new Check("the page of a %s, ahead ÷ per request: %.2f of the CPU time (95 %%: %s), at most %.1f"
			.formatted(page, ratios.median(), ratios.interval(), MAX_SHARE), ratios.median() <= MAX_SHARE);
	}

}
