package dev.agora.chart;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** Rules for what stands around the pods: budgets, scaling, Services. */
final class ClusterRules {

	static final Rule BUDGETS = new Rule("with 1 to 5 clones a node can be drained, a clone at a time",
			(rendering) -> rendering.all("Deployment").flatMap((owner) -> strictBudgets(rendering, owner)));

	static final Rule SCALING = new Rule("either the chart says how many clones there are or one autoscaler does",
			(rendering) -> rendering.all("Deployment").flatMap((owner) -> scaling(rendering, owner)));

	static final Rule SERVICES = new Rule("every Service selects pods that listen on its ports",
			(rendering) -> rendering.all("Service").flatMap((service) -> emptyServices(rendering, service)));

	static final List<Rule> ALL = List.of(BUDGETS, SCALING, SERVICES);

	private ClusterRules() {
	}

	private static Stream<String> strictBudgets(Rendering rendering, Manifest owner) {
		List<JsonNode> budgets = rendering.all("PodDisruptionBudget")
			.map((budget) -> budget.at("/spec"))
			.filter((budget) -> Pod.of(owner).anyMatch((pod) -> pod.isSelectedBy(budget.path("selector"))))
			.toList();
		if (budgets.size() != 1) {
			return Stream.of(owner.id() + " has " + budgets.size() + " budgets");
		}
		return IntStream.rangeClosed(1, 5)
			.filter((clones) -> mayGo(budgets.get(0), clones) != 1)
			.mapToObj((clones) -> owner.id() + " may lose " + mayGo(budgets.get(0), clones) + " of " + clones);
	}

	/** How many of the clones an eviction may take at a time. */
	private static int mayGo(JsonNode budget, int clones) {
		return budget.has("maxUnavailable") ? Math.min(clones, share(budget.path("maxUnavailable"), clones))
				: clones - share(budget.path("minAvailable"), clones);
	}

	private static int share(JsonNode amount, int clones) {
		String text = amount.asString();
		return text.endsWith("%") ? (int) Math.ceil(clones * Integer.parseInt(text.replace("%", "")) / 100.0)
				: Integer.parseInt(text);
	}

	private static Stream<String> scaling(Rendering rendering, Manifest owner) {
		long scalers = Stream.of("HorizontalPodAutoscaler", "ScaledObject")
			.flatMap(rendering::all)
			.filter((scaler) -> scaler.text("/spec/scaleTargetRef/name").equals(owner.name()))
			.count();
		boolean counted = owner.at("/spec/replicas").isNumber();
		return (scalers == (counted ? 0 : 1)) ? Stream.empty()
				: Stream.of(owner.id() + (counted ? " counts its clones" : " does not count its clones") + " and has "
						+ scalers + " autoscalers");
	}

	private static Stream<String> emptyServices(Rendering rendering, Manifest service) {
		List<Pod> pods = rendering.pods()
			.filter((pod) -> Selector.isSubset(service.at("/spec/selector"), pod.labels()))
			.toList();
		if (pods.isEmpty()) {
			return Stream.of(service.id() + " selects nothing");
		}
		return service.at("/spec/ports")
			.valueStream()
			.map((port) -> port.path("targetPort"))
			.filter((port) -> !pods.stream().allMatch((pod) -> pod.listensOn(port)))
			.map((port) -> service.id() + " leads to a port that is not there: " + port);
	}

}
