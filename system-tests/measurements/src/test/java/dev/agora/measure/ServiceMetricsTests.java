package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServiceMetricsTests {

	private static final String LOADS = """
			# TYPE cache_loads_seconds summary
			cache_loads_seconds_count{application="product-service",cache="product:product",cause="lease",result="ok"} 3
			cache_loads_seconds_count{application="product-service",cache="product:product",cause="lease",result="error"} 1
			cache_loads_seconds_count{application="product-service",cache="product:product",cause="bypass",result="ok"} 1.2E2
			cache_loads_seconds_count{application="product-service",cache="product:page",cause="lease",result="ok"} 50
			cache_loads_seconds_sum{application="product-service",cache="product:product",cause="lease",result="ok"} 9
			""";

	private final List<DisposableServer> instances = new ArrayList<>();

	@AfterEach
	void stop() {
		this.instances.forEach(DisposableServer::disposeNow);
	}

	@Test
	void addsUpTheInstancesByTheValueOfATag() throws IOException, InterruptedException {
		instance(200, LOADS);
		instance(200, LOADS);
		assertThat(metrics().sumsBy("cache_loads_seconds_count", "cache=\"product:product\"", "cause"))
			.containsOnlyKeys("bypass", "lease")
			.containsEntry("bypass", 240.0)
			.containsEntry("lease", 8.0);
	}

	@Test
	void addsUpAMetricOverTagsAndInstances() throws IOException, InterruptedException {
		instance(200, LOADS);
		instance(200, "cache_loads_seconds_count 0.5\n");
		assertThat(metrics().sum("cache_loads_seconds_count")).isEqualTo(174.5);
	}

	@Test
	void failsIfAnInstanceLacksTheMetric() {
		instance(200, LOADS);
		instance(200, "");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> metrics().sumsBy("cache_loads_seconds_count", "cache=\"product:product\"", "cause"))
			.withMessageContaining("has no cache_loads_seconds_count");
	}

	@Test
	void failsIfAnInstanceReturnsAnError() {
		instance(503, LOADS);
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> metrics().sumsBy("cache_loads_seconds_count", "cache=\"product:product\"", "cause"))
			.withMessageEndingWith("returned the status 503.");
	}

	private void instance(int status, String body) {
		this.instances.add(HttpServer.create()
			.host("127.0.0.1")
			.handle((request, response) -> response.status(status).sendString(Mono.just(body)))
			.bindNow());
	}

	private ServiceMetrics metrics() {
		return new ServiceMetrics(this.instances.stream().map((one) -> "http://127.0.0.1:" + one.port()).toList());
	}

}
