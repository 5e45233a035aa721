package dev.agora.platform.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.HttpMethod;

import dev.agora.platform.lifecycle.Build;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessMetersTests {

	private final MeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void showsTheResidentMemory(@TempDir Path folder) throws IOException {
		Path status = Files.writeString(folder.resolve("status"), "Name:\tjava\nVmHWM:\t   99 kB\nVmRSS:\t  250 kB\n");
		new ResidentMemory(status).bindTo(this.meters);
		assertThat(this.meters.get("process.resident.memory").gauge().value()).isEqualTo(250 * 1024);
		Files.writeString(status, "Name:\tjava\n");
		assertThat(this.meters.get("process.resident.memory").gauge().value()).isNaN();
	}

	@Test
	void showsNoResidentMemoryWhereItIsUnknown(@TempDir Path folder) {
		new ResidentMemory(folder.resolve("none")).bindTo(this.meters);
		assertThat(this.meters.getMeters()).isEmpty();
	}

	@Test
	void showsTheStateOfACircuitBreaker() {
		CircuitBreaker breaker = CircuitBreaker.ofDefaults("redis");
		BreakerMeters.register(this.meters, "redis", breaker);
		assertThat(state("closed")).isEqualTo(1);
		breaker.transitionToOpenState();
		assertThat(state("closed")).isZero();
		assertThat(state("open")).isEqualTo(1);
		breaker.transitionToHalfOpenState();
		assertThat(state("half_open")).isEqualTo(1);
	}

	@Test
	void namesServiceAndBuild() {
		MetricsConfiguration configuration = new MetricsConfiguration();
		Build build = new Build("feed-service", "1.2", "feed-service-1");
		configuration.applicationTag(build).customize(this.meters);
		configuration.buildInfo(build).bindTo(this.meters);
		Meter.Id id = this.meters.get("agora.build.info").gauge().getId();
		assertThat(id.getTag("application")).isEqualTo("feed-service");
		assertThat(id.getTag("version")).isEqualTo("1.2");
	}

	/** By default, a gauge refers to its object weakly. */
	@Test
	void keepsItsNumbersAfterAGarbageCollection() {
		CapacityMeters.register(this.meters, "things", new Pool()::used, () -> 5);
		BreakerMeters.register(this.meters, "other", CircuitBreaker.ofDefaults("other"));
		System.gc();
		assertThat(this.meters.getMeters()).hasSize(5)
			.allSatisfy((meter) -> assertThat(((Gauge) meter).value()).isNotNaN());
	}

	@Test
	void hasOneTagForAllUnknownMethods() {
		assertThat(MethodTag.of(HttpMethod.GET)).isEqualTo("GET");
		assertThat(MethodTag.of(HttpMethod.valueOf("BREW"))).isEqualTo("UNKNOWN");
	}

	private double state(String state) {
		return this.meters.get("circuit.breaker.state").tags("breaker", "redis", "state", state).gauge().value();
	}

	private static final class Pool {

		int used() {
			return 3;
		}

	}

}
