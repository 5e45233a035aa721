package dev.agora.platform.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Measures the memory that this process takes from its machine or container, which is
 * more than the JVM's own figures show. Only Linux has it.
 */
final class ResidentMemory implements MeterBinder {

	private static final String LABEL = "VmRSS:";

	private static final int KIBIBYTE = 1024;

	private final Path status;

	ResidentMemory() {
		this(Path.of("/proc/self/status"));
	}

	ResidentMemory(Path status) {
		this.status = status;
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		if (Files.isReadable(this.status)) {
			Gauge.builder("process.resident.memory", this::bytes)
				.description("The memory of this process, as its machine or container counts it")
				.baseUnit(BaseUnits.BYTES)
				.register(meters);
		}
	}

	/** Returns NaN if the memory cannot be read. */
	private double bytes() {
		try {
			return Files.readAllLines(this.status)
				.stream()
				.filter((line) -> line.startsWith(LABEL))
				.mapToDouble((line) -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBIBYTE)
				.findFirst()
				.orElse(Double.NaN);
		}
		catch (IOException ex) {
			return Double.NaN;
		}
	}

}
