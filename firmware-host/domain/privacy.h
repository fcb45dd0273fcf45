// What of a person may be seen on labels and screens: never the whole phone number, name or door.
// Hidden: at least 6 digits of a phone (not the extension of a virtual number), at least one
// character of a name, the unit and the room of an address. Hidden characters become '*', one for
// one, so that a line keeps its shape. In doubt the functions hide more, never less.
// Pure functions over UTF-8; a text that is not UTF-8 becomes "***".
#pragma once

#include <string>
#include <string_view>

namespace packbench {

// "13812345678" -> "1******5678"; "18412345678-0042" -> "1******5678-0042": the last four digits
// are what a courier asks for at the door, an extension alone reaches nobody.
std::string mask_phone(std::string_view phone);

// The first character of each word stays, then come three stars at most, for how long a name is
// tells who it is: "王小明" -> "王**", "Johann Smith" -> "J*** S***".
std::string mask_name(std::string_view name);

// Unit, room and flat in Chinese and English, compact forms as 3-2-501 too; also a phone number
// that someone wrote into the address. Street and building stay, a parcel is sorted by them.
std::string mask_address(std::string_view address);

}  // namespace packbench
