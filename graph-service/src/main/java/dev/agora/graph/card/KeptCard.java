package dev.agora.graph.card;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.representation.JsonPart;

/** The card of a member from MongoDB, as an object and as the JSON of responses. */
public final class KeptCard implements JsonPart {

	private final MemberCard card;

	private final long number;

	private final byte[] json;

	private final long askedAt;

	/**
	 * Creates a card.
	 * @param askedAt the moment before it was read, as the ticker shows it
	 */
	KeptCard(MemberCard card, byte[] json, long askedAt) {
		this.card = card;
		this.number = IdGenerator.toNumber(card.id());
		this.json = json;
		this.askedAt = askedAt;
	}

	public MemberCard card() {
		return this.card;
	}

	/** Returns the id as a number. */
	long number() {
		return this.number;
	}

	@Override
	public int length() {
		return this.json.length;
	}

	@Override
	public int copyTo(byte[] target, int at) {
		System.arraycopy(this.json, 0, target, at, this.json.length);
		return at + this.json.length;
	}

	long askedAt() {
		return this.askedAt;
	}

}
