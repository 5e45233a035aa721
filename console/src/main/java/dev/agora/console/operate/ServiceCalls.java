package dev.agora.console.operate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

import dev.agora.console.management.ManagementClient;
import dev.agora.console.targets.Target;
import dev.agora.console.targets.Targets;

/** Calls one instance of each service, since all instances of a service see the same. */
public final class ServiceCalls {

	private final Targets targets;

	private final ManagementClient client;

	public ServiceCalls(Targets targets, ManagementClient client) {
		this.targets = targets;
		this.client = client;
	}

	/** Collects the items that all services list, each with the name of its service. */
	Mono<List<Map<String, Object>>> list(String endpoint) {
		return services()
			.flatMap((service) -> firstResponse(service.getValue(), HttpMethod.GET, endpoint)
				.flatMapIterable((page) -> page.path("items").valueStream().toList())
				.map((item) -> Map.<String, Object>of("service", service.getKey(), "item", item)))
			.collectList();
	}

	/** Calls an endpoint of one service; empty if there is no such service or object. */
	Mono<JsonNode> call(String service, HttpMethod method, String... path) {
		return services().filter((one) -> one.getKey().equals(service))
			.next()
			.flatMap((one) -> firstResponse(one.getValue(), method, path));
	}

	private Flux<Map.Entry<String, List<Target>>> services() {
		return this.targets.find()
			.flatMapIterable((all) -> all.stream()
				.filter((target) -> target.service().endsWith("-service") && target.isAlive())
				.collect(Collectors.groupingBy(Target::service, TreeMap::new, Collectors.toList()))
				.entrySet());
	}

	/** The next instance is asked if one does not respond. */
	private Mono<JsonNode> firstResponse(List<Target> instances, HttpMethod method, String... path) {
		return Flux.fromIterable(instances)
			.concatMap((instance) -> this.client.call(instance, method, path).onErrorResume((failure) -> Mono.empty()))
			.next();
	}

}
