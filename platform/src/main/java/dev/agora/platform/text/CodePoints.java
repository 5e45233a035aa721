package dev.agora.platform.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** An immutable set of Unicode code points. */
public final class CodePoints {

	private final BitSet bits;

	private CodePoints(BitSet bits) {
		this.bits = bits;
	}

	/**
	 * Parses a set from the form that {@link #toString()} returns.
	 * @param ranges hexadecimal code points and ranges, separated by spaces
	 */
	public static CodePoints parse(String ranges) {
		BitSet bits = new BitSet(Character.MAX_CODE_POINT + 1);
		for (String range : ranges.strip().split("\\s+", -1)) {
			int dash = range.indexOf('-');
			int first = Integer.parseInt(range, 0, (dash < 0) ? range.length() : dash, 16);
			bits.set(first, Integer.parseInt(range, dash + 1, range.length(), 16) + 1);
		}
		return new CodePoints(bits);
	}

	/** The union of this set and another. */
	public CodePoints or(CodePoints other) {
		BitSet both = (BitSet) this.bits.clone();
		both.or(other.bits);
		return new CodePoints(both);
	}

	/** Whether a code point is in the set. */
	public boolean contains(int codePoint) {
		return this.bits.get(codePoint);
	}

	/** The ranges in ascending order, as in {@code 300-36F 483}. */
	@Override
	public String toString() {
		List<String> ranges = new ArrayList<>();
		int first = this.bits.nextSetBit(0);
		while (first >= 0) {
			int end = this.bits.nextClearBit(first);
			ranges.add((end == first + 1) ? "%X".formatted(first) : "%X-%X".formatted(first, end - 1));
			first = this.bits.nextSetBit(end);
		}
		return String.join(" ", ranges);
	}

}
