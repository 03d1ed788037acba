import { describe, expect, it } from "vitest";
import { placeOf, readPlace, writtenPlace } from "./values";

describe("a position", () => {
  it("is read as people write it", () => {
    expect(readPlace("29.8683, 121.544")).toEqual({ lat: 29.8683, lng: 121.544 });
    expect(readPlace(" -33.9，18.4 ")).toEqual({ lat: -33.9, lng: 18.4 });
    expect(readPlace("91, 10")).toBeNull();
    expect(readPlace("宁波")).toBeNull();
  });

  it("is written so that it can be read again", () => {
    const place = placeOf({ lat: 29.868336, lng: 121.544 });
    expect(place && readPlace(writtenPlace(place))).toEqual({ lat: 29.868336, lng: 121.544 });
  });
});
