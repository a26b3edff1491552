/**
 * A 53-bit hash of everything that was added, as 14 hexadecimal digits: the same trace gives the same one. Not for
 * secrets. bryc, cyrb53, public domain, https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export class TraceHash {
  #high = 0xdeadbeef;
  #low = 0x41c6ce57;

  add(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      this.#high = Math.imul(this.#high ^ unit, 2_654_435_761);
      this.#low = Math.imul(this.#low ^ unit, 1_597_334_677);
    }
  }

  digest(): string {
    const mix = (own: number, other: number): number =>
      Math.imul(own ^ (own >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909);
    const high = mix(this.#high, this.#low);
    const low = mix(this.#low, high);
    return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(16).padStart(14, "0");
  }
}
