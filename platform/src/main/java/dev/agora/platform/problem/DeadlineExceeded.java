package dev.agora.platform.problem;

import java.util.List;

/** Something that was asked did not answer within the deadline (504). */
public final class DeadlineExceeded extends Problem {

	private static final long serialVersionUID = 1L;

	public DeadlineExceeded(String sentence) {
		super(504, "timeout", sentence, List.of());
	}

}
