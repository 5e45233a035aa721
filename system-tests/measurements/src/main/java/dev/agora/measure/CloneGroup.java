package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The instances of a service, each with a CPU quota, of which some serve. */
final class CloneGroup implements AutoCloseable {

	private final List<RunningSystem.Instance> instances;

	private final List<String> names;

	private final List<Quota> quotas = new ArrayList<>();

	private final String service;

	private final SwitchedGateway gateway;

	private volatile List<RunningSystem.Instance> serving;

	/** Suspended instances receive no events either. */
	private final Set<RunningSystem.Instance> suspended = ConcurrentHashMap.newKeySet();

	private final boolean shared;

	/** The cores that each instance needs without requests. */
	private List<Double> idle;

	/** The number of cores that each quota allows. */
	private final Map<Quota, Double> limits = new HashMap<>();

	private final ActionAtEnd end;

	private boolean restored;

	/**
	 * Creates the group of all instances of a service, without limits.
	 * @param shared whether one quota is for all of them
	 */
	CloneGroup(RunningSystem system, String service, SwitchedGateway gateway, boolean shared) throws IOException {
		Map<String, RunningSystem.Instance> sorted = new TreeMap<>(system.instances(service));
		this.service = service;
		this.names = List.copyOf(sorted.keySet());
		this.instances = List.copyOf(sorted.values());
		this.serving = this.instances;
		this.idle = Collections.nCopies(this.instances.size(), 0.0);
		this.gateway = gateway;
		this.shared = shared;
		this.end = new ActionAtEnd(this::restore);
		if (shared) {
			this.quotas.add(new Quota(service, this.instances.stream().map(RunningSystem.Instance::pid).toList()));
			return;
		}
		for (int number = 0; number < this.instances.size(); number++) {
			this.quotas.add(new Quota(this.names.get(number), List.of(this.instances.get(number).pid())));
		}
	}

	String service() {
		return this.service;
	}

	List<RunningSystem.Instance> instances() {
		return this.instances;
	}

	List<String> names() {
		return this.names;
	}

	/** Returns the instances that get requests. */
	List<RunningSystem.Instance> serving() {
		return this.serving;
	}

	/** Sends requests to the first instances only, and suspends the others if wanted. */
	void use(int number, boolean suspendOthers) throws IOException, InterruptedException {
		for (RunningSystem.Instance instance : this.instances.subList(number, this.instances.size())) {
			if (suspendOthers) {
				suspend(instance);
			}
		}
		use(this.instances.subList(0, number));
	}

	/** Once the program ends, no instance is suspended that nothing would resume. */
	private synchronized void suspend(RunningSystem.Instance instance) throws IOException {
		if (!this.restored && this.suspended.add(instance)) {
			Signal.STOP.send(instance.pid());
		}
	}

	/**
	 * Sends requests to some instances only, which are resumed if they were suspended.
	 */
	void use(List<RunningSystem.Instance> chosen) throws IOException, InterruptedException {
		resume(chosen);
		this.serving = chosen;
		this.gateway.use(this.service, chosen);
	}

	private void resume(List<RunningSystem.Instance> chosen) throws IOException {
		for (RunningSystem.Instance instance : chosen) {
			if (this.suspended.remove(instance)) {
				Signal.CONT.send(instance.pid());
			}
		}
	}

	/**
	 * Measures what each instance needs without requests, which it gets on top of its
	 * limit: an instance that has more to do in the background would serve less.
	 */
	void measureIdle(int seconds) throws IOException, InterruptedException {
		this.idle = CpuMeter.idleCoresOfEach(this.instances, seconds);
		System.out.printf("cores that the instances of %s need without requests: %s%n", this.service,
				this.idle.stream().map((cores) -> "%.3f".formatted(cores)).toList());
	}

	/**
	 * Limits each instance to a number of cores, or all together if the quota is shared,
	 * beside what was measured without requests.
	 */
	void limit(double cores) throws IOException {
		for (int number = 0; number < this.quotas.size(); number++) {
			limit(number, cores);
		}
	}

	/** Limits one instance. */
	void limit(int number, double cores) throws IOException {
		double background = this.shared ? this.idle.stream().mapToDouble(Double::doubleValue).sum()
				: this.idle.get(number);
		limit(this.quotas.get(number), cores + background);
	}

	private void limit(Quota quota, double cores) throws IOException {
		quota.limit(cores);
		this.limits.put(quota, cores);
	}

	/** Ends all limits in effect. */
	void unlimit() throws IOException {
		for (Quota quota : this.quotas) {
			limit(quota, Runtime.getRuntime().availableProcessors());
		}
	}

	/** Returns the instances that use the quotas of the serving ones. */
	List<RunningSystem.Instance> limited() {
		return this.shared ? this.instances : this.serving;
	}

	/** Returns the cores that the limited instances need without requests. */
	double idleCores() {
		List<RunningSystem.Instance> now = limited();
		return IntStream.range(0, this.instances.size())
			.filter((number) -> now.contains(this.instances.get(number))
					&& !this.suspended.contains(this.instances.get(number)))
			.mapToDouble(this.idle::get)
			.sum();
	}

	/** Returns the periods of the quota of each serving instance. */
	List<Quota.Periods> periods() throws IOException {
		List<Quota.Periods> periods = new ArrayList<>();
		for (Quota quota : quotasInUse()) {
			periods.add(quota.periods());
		}
		return periods;
	}

	private List<Quota> quotasInUse() {
		Collection<RunningSystem.Instance> now = this.serving;
		return IntStream.range(0, this.quotas.size())
			.filter((number) -> this.shared || now.contains(this.instances.get(number)))
			.mapToObj(this.quotas::get)
			.toList();
	}

	/**
	 * Returns the CPU time that the limited instances used over what their quotas allow.
	 * @param cores the cores that each of them used
	 */
	List<Double> quotaUse(List<Double> cores) {
		return quotaUse(cores, quotasInUse().stream().map(this.limits::get).toList());
	}

	/**
	 * Instances that share a quota use it together.
	 * @param cores the cores that each instance used
	 * @param limits the cores that the quotas allow, one for each instance or for all
	 */
	static List<Double> quotaUse(List<Double> cores, List<Double> limits) {
		if (limits.size() < cores.size()) {
			return List.of(cores.stream().mapToDouble(Double::doubleValue).sum() / limits.get(0));
		}
		return IntStream.range(0, cores.size()).mapToObj((number) -> cores.get(number) / limits.get(number)).toList();
	}

	/**
	 * Resumes all instances and removes their quotas. That happens as well if the program
	 * is interrupted.
	 */
	@Override
	public void close() {
		this.end.close();
	}

	private synchronized void restore() {
		this.restored = true;
		Signal.resume(this.suspended.stream().map(RunningSystem.Instance::pid).toList());
		this.quotas.forEach(Quota::close);
	}

}
