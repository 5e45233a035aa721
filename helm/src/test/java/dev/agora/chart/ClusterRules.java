package dev.agora.chart;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** Rules for disruption budgets, autoscaling, Services and the spread of instances. */
final class ClusterRules {

	static final Rule BUDGETS = new Rule("a node can be drained one instance at a time, with 1 to 5 instances",
			(rendering) -> rendering.all("Deployment").flatMap((owner) -> strictBudgets(rendering, owner)));

	static final Rule SCALING = new Rule("either the chart or one autoscaler sets the number of instances",
			(rendering) -> rendering.all("Deployment").flatMap((owner) -> scaling(rendering, owner)));

	static final Rule SERVICES = new Rule("every Service selects pods that listen on its ports",
			(rendering) -> rendering.all("Service").flatMap((service) -> emptyServices(rendering, service)));

	static final Rule SPREAD = new Rule("a cordoned node does not keep instances from the other nodes",
			(rendering) -> rendering.pods()
				.filter((pod) -> pod.spec()
					.path("topologySpreadConstraints")
					.valueStream()
					.anyMatch((constraint) -> !constraint.path("nodeTaintsPolicy").asString("").equals("Honor")))
				.map((pod) -> pod.owner().id() + " is spread over cordoned nodes as well"));

	static final List<Rule> ALL = List.of(BUDGETS, SCALING, SERVICES, SPREAD);

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
			.filter((instances) -> maxEvicted(budgets.get(0), instances) != 1)
			.mapToObj((instances) -> owner.id() + " may lose " + maxEvicted(budgets.get(0), instances) + " of "
					+ instances);
	}

	/** Returns the number of instances that may be evicted at a time. */
	private static int maxEvicted(JsonNode budget, int instances) {
		return budget.has("maxUnavailable") ? Math.min(instances, share(budget.path("maxUnavailable"), instances))
				: instances - share(budget.path("minAvailable"), instances);
	}

	private static int share(JsonNode amount, int instances) {
		String text = amount.asString();
		return text.endsWith("%") ? (int) Math.ceil(instances * Integer.parseInt(text.replace("%", "")) / 100.0)
				: Integer.parseInt(text);
	}

	private static Stream<String> scaling(Rendering rendering, Manifest owner) {
		long scalers = Stream.of("HorizontalPodAutoscaler", "ScaledObject")
			.flatMap(rendering::all)
			.filter((scaler) -> scaler.text("/spec/scaleTargetRef/name").equals(owner.name()))
			.count();
		boolean fixed = owner.at("/spec/replicas").isNumber();
		return (scalers == (fixed ? 0 : 1)) ? Stream.empty()
				: Stream
					.of(owner.id() + (fixed ? " sets its number of instances" : " does not set its number of instances")
							+ " and has " + scalers + " autoscalers");
	}

	private static Stream<String> emptyServices(Rendering rendering, Manifest service) {
		List<Pod> pods = rendering.pods()
			.filter((pod) -> Selector.isSubset(service.at("/spec/selector"), pod.labels()))
			.toList();
		if (pods.isEmpty()) {
			return Stream.of(service.id() + " selects no pods");
		}
		return service.at("/spec/ports")
			.valueStream()
			.map((port) -> port.path("targetPort"))
			.filter((port) -> !pods.stream().allMatch((pod) -> pod.listensOn(port)))
			.map((port) -> service.id() + " targets a port that no pod has: " + port);
	}

}
