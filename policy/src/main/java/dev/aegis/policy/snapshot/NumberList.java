package dev.aegis.policy.snapshot;

import java.util.Arrays;

/** Numbers that are equal when each is; the array is not changed any more. */
final class NumberList {
  private final int[] numbers;
  private final int hash;

  NumberList(int[] numbers) {
    this.numbers = numbers;
    this.hash = Arrays.hashCode(numbers);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberList list && Arrays.equals(numbers, list.numbers);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
