package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.HdrHistogram.Histogram;

import dev.agora.measure.BakedCatalogue.Staleness;
import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Table;

/**
 * The figures of the experiment with pages.
 *
 * @param product the cost of the pages of products, ahead and per request
 * @param category that of the page of a category
 * @param latencies of the page of a category, ahead and per request
 * @param staleness how long earlier pages were served
 * @param proxy the reads through a caching proxy
 */
record BakeFigures(Pairs<CpuCost> product, Pairs<CpuCost> category, @JsonIgnore List<Histogram> latencies,
		List<Staleness> staleness, CachingProxy.Outcome proxy) {

	private static final List<Double> PERCENTILES = List.of(50.0, 75.0, 90.0, 95.0, 99.0);

	private static final List<String> SIDES = List.of("ahead", "per request");

	double oldestSeconds() {
		return this.staleness.stream().mapToDouble(Staleness::category).max().orElseThrow();
	}

	List<Table> tables() {
		return List.of(costs(), ages());
	}

	private Table costs() {
		return new Table(List.of("page", "rendered", "CPU µs of product-service", "CPU µs of the stores", "p99 ms"),
				List.of(row("product", 0, this.product.one(), "-"), row("product", 1, this.product.other(), "-"),
						row("category", 0, this.category.one(), millis(0, 99)),
						row("category", 1, this.category.other(), millis(1, 99))));
	}

	private static List<String> row(String page, int side, List<CpuCost> costs, String latency) {
		return List.of(page, SIDES.get(side), "%.0f".formatted(CpuCost.median(costs, CpuCost::serviceMicros)),
				"%.0f".formatted(CpuCost.median(costs, CpuCost::storeMicros)), latency);
	}

	private String millis(int side, double percentile) {
		return "%.1f".formatted(this.latencies.get(side).getValueAtPercentile(percentile) / 1000.0);
	}

	private Table ages() {
		return new Table(List.of("after a change", "median", "longest"),
				List.of(age("the page of the product shows it", Staleness::product),
						age("the page of its category shows it", Staleness::category),
						List.of("behind a caching proxy", this.proxy.text(), "up to a minute later")));
	}

	private List<String> age(String name, ToDoubleFunction<Staleness> figure) {
		List<Double> seconds = this.staleness.stream().map(figure::applyAsDouble).sorted().toList();
		return List.of(name, "%.2f s".formatted(Ratios.median(seconds)),
				"%.2f s".formatted(seconds.get(seconds.size() - 1)));
	}

	List<String> charts() {
		return Stream
			.of(chart("CPU time of the page of a product", this.product),
					chart("CPU time of the page of a category with 60 products", this.category), percentiles())
			.map(Chart::svg)
			.toList();
	}

	private static Chart chart(String caption, Pairs<CpuCost> costs) {
		return new Chart(caption, "pair of measurements", "CPU µs",
				List.of(CpuCost.line(SIDES.get(0), costs.one()), CpuCost.line(SIDES.get(1), costs.other())));
	}

	private Chart percentiles() {
		List<Chart.Line> lines = new ArrayList<>();
		for (int side = 0; side < SIDES.size(); side++) {
			Histogram measured = this.latencies.get(side);
			lines.add(Chart.Line.of(SIDES.get(side), PERCENTILES, (percentile) -> percentile,
					(percentile) -> measured.getValueAtPercentile(percentile) / 1000.0));
		}
		return new Chart("Latency of the page of a category", "percentile", "ms", lines);
	}

}
