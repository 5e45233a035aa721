package dev.agora.measure;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Spring Cloud Gateway with its defaults and one route. */
@Command(name = "bare", hidden = true)
final class BareGateway implements Callable<Integer> {

	private static final String ROUTE = "spring.cloud.gateway.server.webflux.routes[0].";

	@Option(names = "--port", required = true)
	private int port;

	@Option(names = "--upstream", required = true)
	private String upstream = "";

	@Override
	public Integer call() throws InterruptedException {
		SpringApplication application = new SpringApplication(Wiring.class);
		application.setDefaultProperties(
				Map.of("server.address", "127.0.0.1", "server.port", this.port, "spring.main.banner-mode", "off",
						ROUTE + "id", "all", ROUTE + "uri", this.upstream, ROUTE + "predicates[0]", "Path=/**"));
		application.run();
		Thread.currentThread().join();
		return 0;
	}

	/** The configuration of the starter, without additions. */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Wiring {

	}

}
