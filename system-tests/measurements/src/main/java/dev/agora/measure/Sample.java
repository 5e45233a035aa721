package dev.agora.measure;

/**
 * The result of a load on one side.
 *
 * @param requests the number of requests, all of them successful
 * @param seconds the duration
 * @param cpu the CPU time of the side's process in seconds
 * @param generator the CPU time of the load generator in seconds
 * @param elsewhere the average number of cores that other processes used
 */
record Sample(long requests, double seconds, double cpu, double generator, double elsewhere) {

	/** Returns the CPU time of the side for one request in microseconds. */
	double cost() {
		return this.cpu / this.requests * 1e6;
	}

	double perSecond() {
		return this.requests / this.seconds;
	}

	/**
	 * Returns the number of cores that the generator used. It has one thread, so near 1
	 * it limits the load, and the side could serve more.
	 */
	double generatorCores() {
		return this.generator / this.seconds;
	}

}
