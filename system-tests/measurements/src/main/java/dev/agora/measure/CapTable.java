package dev.agora.measure;

import java.util.List;
import java.util.stream.Stream;

import dev.agora.measure.CapSample.Outcome;
import dev.agora.measure.experiment.Table;
import dev.agora.measure.history.Level;

/** The results of the experiment as a table. */
final class CapTable {

	private static final List<String> HEADER = List.of("cut off", "read", "level", "phase", "reads", "own last write",
			"older, with Age", "older, without a sign", "refused", "older than promised", "p99 ms");

	private CapTable() {
	}

	static Table of(List<CapPart> parts) {
		return new Table(HEADER, rows(parts).map(Row::cells).toList());
	}

	/** Lists the rows, those of one store together. */
	private static Stream<Row> rows(List<CapPart> parts) {
		return parts.stream()
			.flatMap((part) -> Stream.of("product", "feed")
				.flatMap((object) -> Stream.of(Level.values())
					.flatMap((level) -> CapPart.PHASES.stream().map((phase) -> row(part, object, level, phase)))));
	}

	private static Row row(CapPart part, String object, Level level, String phase) {
		return new Row(part.store(), object, level, phase,
				part.of(phase)
					.stream()
					.filter((sample) -> sample.object().equals(object) && sample.level() == level)
					.toList());
	}

	/** The reads of one object at one level in one phase. */
	private record Row(String store, String object, Level level, String phase, List<CapSample> samples) {

		List<String> cells() {
			return List.of(this.store, this.object, this.level.header(), this.phase,
					String.valueOf(this.samples.size()), count(Outcome.NEWEST), count(Outcome.AGED),
					count(Outcome.OLDER), count(Outcome.REFUSED), count(Outcome.BROKEN), p99());
		}

		private String count(Outcome outcome) {
			return String.valueOf(this.samples.stream().filter((sample) -> sample.outcome() == outcome).count());
		}

		private String p99() {
			List<Double> times = this.samples.stream().map(CapSample::milliseconds).sorted().toList();
			return times.isEmpty() ? "" : "%.0f".formatted(times.get((int) (0.99 * (times.size() - 1))));
		}

	}

}
