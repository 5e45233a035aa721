package dev.agora.measure.experiment;

/**
 * The Universal Scalability Law (Gunther, Guerrilla Capacity Planning, 2007): N instances
 * have the throughput λN ÷ (1 + σ(N − 1) + κN(N − 1)).
 *
 * @param rate the throughput of one instance, λ
 * @param contention the part of the work that instances do one after the other, σ
 * @param coherency the work that each pair of instances causes, κ
 */
public record ScalabilityLaw(double rate, double contention, double coherency) {

	/** Returns the throughput of a number of instances. */
	public double throughput(int instances) {
		return instances * this.rate * efficiency(instances);
	}

	/** Returns the throughput over that of as many independent instances, at most 1. */
	public double efficiency(int instances) {
		return 1 / (1 + this.contention * (instances - 1) + this.coherency * instances * (instances - 1));
	}

}
