package dev.agora.measure;

/**
 * One stretch of load on one side.
 *
 * @param requests how many were answered, all of them well
 * @param seconds how long it took
 * @param cpu seconds of CPU time that the side's process used
 * @param generator seconds of CPU time that the load generator used
 * @param elsewhere cores that were busy with nothing of this measurement, on average
 */
record Sample(long requests, double seconds, double cpu, double generator, double elsewhere) {

	/** Microseconds of the side's CPU time for one request. */
	double cost() {
		return this.cpu / this.requests * 1e6;
	}

	double perSecond() {
		return this.requests / this.seconds;
	}

}
