package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The meters of the CPU time of a service and of the stores behind it, without what they
 * need while nobody sends requests.
 *
 * @param service of the instances of the service
 * @param stores of the stores
 */
record ServiceMeters(CpuMeter service, CpuMeter stores) {

	/**
	 * Creates meters, waits until the processes are idle, and measures what they need
	 * without requests.
	 */
	static ServiceMeters calibrated(Collection<RunningSystem.Instance> service,
			Collection<RunningSystem.Instance> stores, int seconds) throws IOException, InterruptedException {
		List<RunningSystem.Instance> all = new ArrayList<>(service);
		all.addAll(stores);
		CpuMeter.awaitIdle(all);
		ServiceMeters meters = new ServiceMeters(new CpuMeter(service), new CpuMeter(stores));
		meters.calibrate(seconds);
		return meters;
	}

	/** Measures again what the processes need without requests. */
	void calibrate(int seconds) throws IOException, InterruptedException {
		this.service.startIdle();
		this.stores.startIdle();
		TimeUnit.SECONDS.sleep(seconds);
		this.service.stopIdle();
		this.stores.stopIdle();
	}

	/** Returns the processes of some stores or services of a system. */
	static List<RunningSystem.Instance> storesOf(RunningSystem system, String... names) {
		List<RunningSystem.Instance> stores = new ArrayList<>();
		for (String name : names) {
			stores.addAll(system.instances(name).values());
		}
		return stores;
	}

	void start() throws IOException {
		this.service.reset();
		this.stores.reset();
		this.service.start();
		this.stores.start();
	}

	/** Ends a measurement, and returns its cost. */
	CpuCost stop(long operations) throws IOException {
		this.service.stop();
		this.stores.stop();
		return new CpuCost(operations, this.service.seconds(), this.stores.seconds());
	}

}
